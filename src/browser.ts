import * as latchkey from './index.js'

/** The script tag's global `Latchkey`: everything that the package exports, frozen. */
export default Object.freeze({ ...latchkey }) as Readonly<typeof latchkey>
