/** Asks about all batches, even inside a conversation about one. */
export function isWholeNight(text: string): boolean {
  return /\b(anything|everything|every (batch|essential)|all (the )?(batches|essentials|good|green|ok|well|clear)|all of (them|it)|any (failures?|issues?|problems?|errors?|trouble|batch(es)?|reds?|fires?|essentials?)|which (batch(es)?|essentials?|ones)|what (batch(es)?|essentials?)|across (all|the board)|overview|the (night|whole|batches|overnight)|night( of)?|overnight|morning (report|summary|check)|handover|batches|essentials|asset classes|anyone|who is red|quiet night|bad night|round ?up)\b/i.test(
    text,
  );
}

/** Fits the whole night when no batch is named and no conversation goes on. */
export function fitsNight(text: string): boolean {
  return (
    isWholeNight(text) ||
    /\b(what (has )?(failed|happened|is (red|broken|failing|stuck|running|wrong|late|going on|up|down|the (status|state))|broke|went wrong|needs attention|should i (look at|know|worry about)|are the failures)|failures?|last night|how did (it|things|we) go|how are (we|things)|how is it (going|looking)|who is (late|red|stuck|failing)|status|summary|what is still running|still running|red|stuck|sitrep|update me|how bad|the damage|worst|how many are|(need to|should i|do i) know|what (should|do|can|shall) (i|we) (tell|say|report)|(go )?back to (bed|sleep)|can i sleep|am i needed|good to go|(bad|worst|slow|what|which) hosts?|hosts? (is |are |was |were )?(bad|slow|broken|ok|okay|fine|healthy))\b/i.test(
      text,
    )
  );
}

/** Asks about batches by that word: about all of them, then, whatever the conversation is about. */
export function namesBatches(text: string): boolean {
  return /\b(batch(es)?|essentials?|everything|every (batch|essential)|all of them|overall|across (all|the board)|asset classes)\b/i.test(
    text,
  );
}
