import { render } from 'preact';
import { App } from './App.tsx';
import { styleLanes } from './laneStyles.ts';

styleLanes();

const root = document.querySelector('#workbench');
if (root !== null) render(<App />, root);
