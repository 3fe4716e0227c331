/** How an answer is laid out this time. */
export interface Rendering {
  /** The address of Airflow's web page, for links; null: nothing is linked. */
  airflow: string | null;
  /**
   * `full`: with all that Slack has. `sections`: with text and ordinary buttons alone, for a workspace that refuses the rest.
   * `whole`: as `sections`, everything on every list, and no buttons; it fits no message.
   */
  form: 'full' | 'sections' | 'whole';
}

/** What is shown of a list: the first `most`, or all of it where everything is asked for. */
export function shownOf<T>(list: readonly T[], most: number, { form }: Pick<Rendering, 'form'>): readonly T[] {
  return form === 'whole' ? list : list.slice(0, most);
}
