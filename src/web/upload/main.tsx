import { render } from 'preact';
import '../shared/theme.css';
import './upload.css';
import { App } from './app.tsx';

const root = document.getElementById('upload');
const token = location.pathname.split('/').at(-1) ?? '';
if (root !== null) render(<App token={token} />, root);
