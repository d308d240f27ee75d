import { render } from 'preact';
import { App } from './app.js';
import './styles/page.css';
import './styles/region.css';
import './styles/questions.css';
import './styles/tables.css';

const root = document.getElementById('root')!;
render(<App uri={root.dataset.uri ?? ''} study={root.dataset.study ?? ''} />, root);
