/** What fingers do at 3 a.m. Whole words only; names are the domain's to forgive. */
const SLIPS: readonly [RegExp, string][] = [
  [/\b(staus|statsu|stauts|satus|stat|sts|statuss)\b/gi, 'status'],
  [/\b(falied|faild|fialed|failled|faield|failded)\b/gi, 'failed'],
  [/\b(faling|fialing)\b/gi, 'failing'],
  [/\b(slcies|slics|slises|silces)\b/gi, 'slices'],
  [/\b(prelm|prelimn|perlim|prelimin|preliminary|prilim|preli|prlim)\b/gi, 'prelim'],
  [/\b(finl|fianl|fnal|finall)\b/gi, 'final'],
  [/\b(progess|progres|prgress|porgress)\b/gi, 'progress'],
  [/\b(histroy|hisotry|histry)\b/gi, 'history'],
  [/\b(taks|tsaks|taskss|tassk)\b/gi, 'tasks'],
  [/\b(yesturday|yesteday|yestreday|yday|ytd)\b/gi, 'yesterday'],
  [/\b(last nite|lastnight|last nihgt|lst night|las night)\b/gi, 'last night'],
  [/\b(stcuk|stuk|stukc)\b/gi, 'stuck'],
  [/\b(wat|waht|wht)\b/gi, 'what'],
  [/\b(whats|what['’]s)\b/gi, 'what is'],
  [/\b(hows|how['’]s)\b/gi, 'how is'],
  [/\b(whys|why['’]s)\b/gi, 'why is'],
  [/\b(y|wy|whyy)\b(?= (did|is|was|has)\b)/gi, 'why'],
  [/\b(runing|runnning)\b/gi, 'running'],
  [/\b(whos|who['’]s)\b/gi, 'who is'],
  [/\b(wheres|where['’]s)\b/gi, 'where is'],
  [/\b(whens|when['’]s)\b/gi, 'when is'],
  [/\b(blokcing|bloking|blcoking|blockin)\b/gi, 'blocking'],
  [/\b(finsh|fnish|finsih|finihs|finisih)\b/gi, 'finish'],
  [/\b(casue|cuase|cuse|coz)\b/gi, 'cause'],
  [/\b(comapre|comprae|compair|cmp)\b/gi, 'compare'],
  [/\b(affcted|effected|afected)\b/gi, 'affected'],
  [/\b(nromal|normla|noraml)\b/gi, 'normal'],
  [/\b(deadlin|dedline|deadlne)\b/gi, 'deadline'],
  [/\b(retyr|rerty|retrry)\b/gi, 'retry'],
  [/\b(slwo|solw|sloow)\b/gi, 'slow'],
  [/\b(chnaged|chagned|changd)\b/gi, 'changed'],
  [/\b(hapened|happend|hapend|happned)\b/gi, 'happened'],
];

export function mended(text: string): string {
  return SLIPS.reduce((done, [slip, right]) => done.replace(slip, right), text);
}
