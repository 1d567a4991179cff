declare module 'virtual:kernels' {
  /** Where the compiled kernels are, relative to the page or absolute. */
  const url: string;
  export default url;
}
