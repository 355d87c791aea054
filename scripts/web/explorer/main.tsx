import { render } from 'preact';
import { App } from './App.tsx';
import { loadModel, receive } from './load.ts';
import { model } from './state.ts';

async function start(): Promise<void> {
  const root = document.querySelector('#explorer');
  if (root === null) return;
  receive();
  try {
    model.value = await loadModel();
    render(<App />, root);
  } catch (error) {
    root.textContent = `This page could not be loaded: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

void start();
