import { render } from 'preact';
import { App } from './app.js';
import './styles.css';

const root = document.getElementById('root')!;
render(<App uri={root.dataset.uri ?? ''} study={root.dataset.study ?? ''} />, root);
