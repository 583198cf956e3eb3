/** When the page's script began to run: what imports this first has not run yet. */
export const began = performance.now()
