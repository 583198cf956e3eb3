export type { ContractCase } from './contract.js'
export { type StoreContractOptions, storeContract } from './store-contract.js'
export { type AnyStrategy, type StrategyContractOptions, strategyContract } from './strategy-contract.js'
