import type {
  Clock,
  CursorPage,
  CursorRequest,
  CursorVerbs,
  Page,
  PageRequest,
  Repository,
  SortKey,
  UnitOfWork,
} from '@fastkit/contracts'
import {
  CrudService,
  conflict,
  type DeleteContext,
  invalid,
  type UpdateContext,
  type WriteOptions,
} from '@fastkit/service'
import { type Language, languages } from '../../languages.ts'
import type { Client } from '../clients/clients.model.ts'
import type { Product } from '../products/products.model.ts'
import type { InvoiceMoved } from './invoices.events.ts'
import {
  type Invoice,
  type InvoiceCreate,
  type InvoiceFilter,
  InvoiceResponse,
  type InvoiceStatus,
  type InvoiceUpdate,
  type PricedInvoice,
} from './invoices.model.ts'
import { priceItems, quantities } from './invoices.pricing.ts'

/** What the service needs of its data. Single invoices come with their client and items. */
export interface Invoices
  extends Repository<Invoice, PricedInvoice, Partial<PricedInvoice>, InvoiceFilter, number>,
    CursorVerbs<Invoice, InvoiceFilter> {
  paginate(request?: PageRequest<InvoiceFilter, SortKey<Invoice>> & Including): Promise<Page<Invoice>>
  cursorPaginate(
    request?: CursorRequest<InvoiceFilter, SortKey<Invoice>> & Including,
  ): Promise<CursorPage<Invoice>>
  /** Gives an invoice its new status, and the fields that come with that, unless its status is not `from`: then false. */
  move(id: number, move: Move): Promise<boolean>
  /** The next number of a year. No number is left out, nor given twice, if it is asked for in a unit of work. */
  nextNumber(year: number): Promise<string>
}

/** What the invoices of a list bring along. */
export interface Including {
  readonly include?: { readonly client?: true; readonly items?: true }
}

/** What it needs of clients and products. */
export interface InvoiceClients {
  get(id: number): Promise<Client | null>
}
export interface InvoiceProducts {
  /** Those of the products that are sold, with their texts in one language. */
  sold(ids: readonly number[], language: Language): Promise<Product[]>
  /** Adds to the stock, or takes away from it. Returns what there is then. */
  moveStock(id: number, by: number): Promise<Product>
}

export interface InvoiceDeps {
  readonly invoices: Invoices
  readonly clients: InvoiceClients
  readonly products: InvoiceProducts
  readonly unitOfWork: UnitOfWork
  /** Those who hear of an invoice's new status, once it has been committed. */
  readonly events: Readonly<Record<Move['to'], { send(moved: InvoiceMoved): Promise<unknown> }>>
  /** Which day it is. @default the system's */
  readonly clock?: Clock
}

interface Move {
  readonly from: InvoiceStatus
  readonly to: Exclude<InvoiceStatus, 'draft'>
  readonly number?: string
  readonly issuedOn?: Date
}

/** The rules about invoices: what they cost, how they go from draft to issued to paid or void, and what the stock has of it. */
export class InvoiceService extends CrudService<
  Invoice,
  InvoiceCreate,
  InvoiceUpdate,
  InvoiceResponse,
  InvoiceFilter
> {
  static override readonly needsPrevious = ['update', 'delete'] as const
  private readonly deps: InvoiceDeps

  constructor(deps: InvoiceDeps) {
    super({ repository: deps.invoices, unitOfWork: deps.unitOfWork, response: InvoiceResponse })
    this.deps = deps
  }

  /** Changes a draft. It is priced anew, unless only the day it is due changes. */
  override async update(
    id: number,
    input: InvoiceUpdate,
    options: WriteOptions = {},
  ): Promise<InvoiceResponse> {
    return super.update(id, input, await this.ofVersion(id, options))
  }

  /** Deletes a draft. */
  override async delete(id: number, options: WriteOptions = {}): Promise<InvoiceResponse> {
    return super.delete(id, await this.ofVersion(id, options))
  }

  /** Takes the items from the stock, and gives the invoice its number and date. */
  async issue(id: number): Promise<InvoiceResponse> {
    return this.deps.unitOfWork.run(async () => {
      const issuedOn = this.today()
      const number = await this.deps.invoices.nextNumber(issuedOn.getUTCFullYear())
      const invoice = await this.move(id, { from: 'draft', to: 'issued', number, issuedOn })
      await this.moveStock(invoice, -1)
      return this.respond(invoice)
    })
  }

  async pay(id: number): Promise<InvoiceResponse> {
    return this.deps.unitOfWork.run(async () => {
      return this.respond(await this.move(id, { from: 'issued', to: 'paid' }))
    })
  }

  /** Gives the items back to the stock. The invoice keeps its number. */
  async void(id: number): Promise<InvoiceResponse> {
    return this.deps.unitOfWork.run(async () => {
      const invoice = await this.move(id, { from: 'issued', to: 'void' })
      await this.moveStock(invoice, 1)
      return this.respond(invoice)
    })
  }

  protected override async beforeCreate(data: InvoiceCreate): Promise<PricedInvoice> {
    return this.price(data)
  }

  protected override async validateUpdate(
    _data: InvoiceUpdate,
    { previous }: UpdateContext<Invoice, InvoiceUpdate, number>,
  ): Promise<void> {
    if (previous.status !== 'draft') throw wrongState(previous, 'draft')
  }

  protected override async beforeUpdate(
    { clientId, currency, items, dueOn }: InvoiceUpdate,
    { previous }: UpdateContext<Invoice, InvoiceUpdate, number>,
  ): Promise<Partial<PricedInvoice>> {
    if (clientId === undefined && currency === undefined && items === undefined) return dueOn ? { dueOn } : {}
    return this.price({
      clientId: clientId ?? previous.clientId,
      currency: currency ?? previous.currency,
      items: items ?? previous.items ?? [],
      dueOn: dueOn ?? previous.dueOn,
    })
  }

  protected override async validateDelete({ previous }: DeleteContext<Invoice, number>): Promise<void> {
    if (previous.status !== 'draft') throw wrongState(previous, 'draft')
  }

  /** Without a version of the caller's it is the last one: an invoice that is issued meanwhile is not changed. */
  private async ofVersion(id: number, options: WriteOptions): Promise<WriteOptions> {
    return { ...options, version: options.version ?? (await this.deps.invoices.getOrFail(id)).version }
  }

  /** Moves it before it is read: nobody else moves or changes it from here on, until the transaction has ended. */
  private async move(id: number, move: Move): Promise<Invoice> {
    const moved = await this.deps.invoices.move(id, move)
    const invoice = await this.deps.invoices.getOrFail(id)
    if (!moved) throw wrongState(invoice, move.from)
    await this.deps.events[move.to].send({ invoiceId: id })
    return invoice
  }

  /** Products come in one order for all invoices, so that no two of these wait for each other. */
  private async moveStock({ items = [] }: Invoice, sign: 1 | -1): Promise<void> {
    for (const [productId, quantity] of quantities(items)) {
      const { sku, stock } = await this.deps.products.moveStock(productId, sign * quantity)
      if (stock < 0) {
        throw conflict('OUT_OF_STOCK', `There is not enough of ${sku} in stock`, {
          params: { sku, missing: -stock },
        })
      }
    }
  }

  private async price({ clientId, currency, dueOn, items }: InvoiceCreate): Promise<PricedInvoice> {
    const client = await this.deps.clients.get(clientId)
    const language = (client?.language ?? languages[0]) as Language
    const products = await this.deps.products.sold([...quantities(items).keys()], language)
    const { issues, ...priced } = priceItems({ currency, items }, products)
    if (client === null)
      throw invalid([
        { path: ['clientId'], code: 'UNKNOWN_CLIENT', message: 'There is no such client' },
        ...issues,
      ])
    if (issues.length > 0) throw invalid(issues)
    return { clientId, currency, dueOn, ...priced }
  }

  private today(): Date {
    const now = this.deps.clock?.now() ?? Date.now()
    return new Date(now - (now % 86_400_000))
  }
}

function wrongState({ status }: Invoice, needed: InvoiceStatus): Error {
  return conflict('INVOICE_STATE', `The invoice is ${status}, and would have to be ${needed}`, {
    params: { status, needed },
  })
}
