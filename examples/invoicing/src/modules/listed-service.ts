import type { CursorPage, CursorRequest, CursorVerbs, SortKey } from '@fastkit/contracts'
import { CrudService, type ServiceRepository } from '@fastkit/service'
import * as v from 'valibot'

export interface ListedServiceOptions<Row, Create, Update, View, Filter> {
  readonly repository: ServiceRepository<Row, Create, Update, Filter, number> & CursorVerbs<Row, Filter>
  readonly response: v.GenericSchema<unknown, View>
}

/** A service whose lists can be walked by cursor as well. */
export class ListedService<
  Row,
  Create extends object,
  Update extends object,
  View,
  Filter,
> extends CrudService<Row, Create, Update, View, Filter> {
  private readonly rows: CursorVerbs<Row, Filter>
  private readonly view: v.GenericSchema<unknown, View>

  constructor(options: ListedServiceOptions<Row, Create, Update, View, Filter>) {
    super(options as never)
    this.rows = options.repository
    this.view = options.response
  }

  async cursorPaginate(request?: CursorRequest<Filter, SortKey<Row>>): Promise<CursorPage<View>> {
    const page = await this.rows.cursorPaginate(request)
    return { ...page, items: page.items.map((row) => v.parse(this.view, row)) }
  }
}
