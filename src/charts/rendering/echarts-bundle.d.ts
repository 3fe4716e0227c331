/** The library in one file, which says nothing of its types. */
declare module 'echarts/dist/echarts.esm.min' {
  export { init } from 'echarts';
}
