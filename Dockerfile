# The configured bot. The playground's page needs development packages and is not part of the image.
FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY src ./src
USER node
# Node itself is the process, so that SIGTERM reaches it and answers in flight are finished.
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
