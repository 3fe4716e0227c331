import { createRoot } from 'react-dom/client';
import { App, rememberedPerson } from './app.tsx';
import { connectAs } from './store.ts';

connectAs(rememberedPerson());
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
