import { own } from '../../options.js'
import type { Carrier } from '../patched-fetch.js'
import { type Carried, createCarried } from './carried.js'
import { type Mime, mimeOf, UNKNOWN } from './mime.js'
import { type Plan, planned } from './plan.js'
import { type SentBody, sentBody } from './sent-body.js'
import { allHeaders, answerOf, headerOf, mustBe, textOf, xmlOf } from './shown.js'

type Type = XMLHttpRequestResponseType

/**
 * The browser's XMLHttpRequest, of which the carrier sends what it takes: it follows no redirect that would bring a
 * credential elsewhere, as the browser's own does, and sends again after a refusal. Until `send` the native one checks and
 * keeps what it is told, and is then not sent. It sends whatever the carrier does not take.
 */
export function patchedXhr(Native: typeof XMLHttpRequest, carrier: Carrier): typeof XMLHttpRequest {
  const Ours = class XMLHttpRequest extends Native {
    #plan: Plan | undefined
    #mime: Mime | undefined
    #carried: Carried | undefined

    override open(...given: unknown[]): void {
      const [plan, carried] = [this.#plan, this.#carried]
      const isSilent = super.readyState === 1 && this.readyState !== 1
      this.#plan = planned(given, carrier)
      this.#carried = undefined
      try {
        Reflect.apply(super.open, this, given)
      } catch (error) {
        this.#plan = plan
        this.#carried = carried
        throw error
      }
      carried?.drop()
      if (isSilent) this.dispatchEvent(new Event('readystatechange'))
    }
    override setRequestHeader(...given: [name: string, value: string]): void {
      mustBe(!this.#carried, 'be opened and not sent')
      super.setRequestHeader(...given)
      this.#plan?.headers.append(...given)
    }
    override overrideMimeType(mime: string): void {
      mustBe(this.readyState < 3, 'not have begun to arrive')
      if (!this.#carried) super.overrideMimeType(mime)
      this.#mime = mimeOf(mime) ?? UNKNOWN
      this.#carried?.override(this.#mime)
    }
    override send(body?: Document | XMLHttpRequestBodyInit | null): void {
      mustBe(!this.#carried, 'be opened and not sent')
      const plan = this.#plan
      if (plan) this.#carry(plan, sentBody(body, plan))
      else super.send(body)
    }
    #carry(plan: Plan, sent: SentBody): void {
      this.#plan = undefined
      this.#carried = createCarried(this, plan, { carrier, sent, mime: this.#mime })
      this.#carried.begin()
    }
    override abort(): void {
      if (this.#carried) this.#carried.abort()
      else super.abort()
    }
    override getResponseHeader(name: string): string | null {
      return this.#carried ? headerOf(this.#carried, name) : super.getResponseHeader(name)
    }
    override getAllResponseHeaders(): string {
      return this.#carried ? allHeaders(this.#carried) : super.getAllResponseHeaders()
    }
    override get readyState(): number {
      return this.#carried ? this.#carried.readyState() : super.readyState
    }
    override get status(): number {
      return this.#carried ? (this.#carried.response()?.status ?? 0) : super.status
    }
    override get statusText(): string {
      return this.#carried ? (this.#carried.response()?.statusText ?? '') : super.statusText
    }
    override get responseURL(): string {
      return this.#carried ? (this.#carried.response()?.url ?? '') : super.responseURL
    }
    override get response(): unknown {
      return this.#carried ? answerOf(this.#carried, this.responseType) : super.response
    }
    override get responseText(): string {
      return this.#carried ? textOf(this.#carried, this.responseType) : super.responseText
    }
    override get responseXML(): Document | null {
      return this.#carried ? xmlOf(this.#carried, this.responseType) : super.responseXML
    }
    override get responseType(): Type {
      return super.responseType
    }
    override set responseType(type: Type) {
      mustBe(this.readyState < 3, 'not have begun to arrive')
      super.responseType = type
    }
    override get withCredentials(): boolean {
      return super.withCredentials
    }
    override set withCredentials(isWith: boolean) {
      mustBe(!this.#carried?.readyState(), 'not be sent')
      super.withCredentials = isWith
    }
    override get timeout(): number {
      return super.timeout
    }
    override set timeout(ms: number) {
      super.timeout = ms
      this.#carried?.limit()
    }
  }
  return alike(Ours, Native)
}

/** What was made before is an instance, too, if of no subclass; and `for … in` names all, for code that wraps one so. */
function alike(Ours: typeof XMLHttpRequest, Native: typeof XMLHttpRequest): typeof XMLHttpRequest {
  for (const name of Object.getOwnPropertyNames(Ours.prototype)) {
    Object.defineProperty(Ours.prototype, name, own({ enumerable: name !== 'constructor' }))
  }
  const isInstance = Function.prototype[Symbol.hasInstance]
  return Object.defineProperty(Ours, Symbol.hasInstance, {
    value(this: unknown, one: unknown) {
      return this === Ours ? one instanceof Native : isInstance.call(this, one)
    },
  })
}
