import { render } from 'preact';
import { App } from './App.tsx';

const root = document.querySelector('#workbench');
if (root !== null) render(<App />, root);
