export type { ContractCase } from './contract.js'
export { storeContract } from './store-contract.js'
export { type AnyStrategy, type StrategyContractOptions, strategyContract } from './strategy-contract.js'
