import type { MnistSettings } from '../../../shared/run/settings.ts';

/** What a model of the digits has learnt to look with. */
export function filterTopic(model: MnistSettings['model']): 'weights' | 'units' | 'features' {
  switch (model) {
    case 'softmax':
      return 'weights';
    case 'mlp':
      return 'units';
    case 'convnet':
      return 'features';
  }
}
