/** What work gives, or a failure of the driver's kind once the time is over. The work itself goes on unheard. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
