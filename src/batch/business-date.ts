/**
 * The date that data is *for*, `YYYY-MM-DD`: a calendar date without a zone, hence a string and never a JavaScript Date.
 * It is not the calendar date on which the run happens.
 */
export type BusinessDate = string;
