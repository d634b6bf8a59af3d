import { render } from 'preact';
import '../shared/theme.css';
import './styles/index.css';
import { App } from './app.tsx';

const root = document.getElementById('desk');
if (root !== null) render(<App />, root);
