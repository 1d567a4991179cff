import { MemoryStore } from '../../../server/store/memory.ts';
import { storeContract } from './storeContract.ts';

storeContract('memory', async () => new MemoryStore());
