package dev.gatehouse.cache;

/** Measures. */
final class PartsSize implements PartsSink {
  private long bytes;

  int bytes() {
    return Math.toIntExact(bytes);
  }

  @Override
  public void number(long value) {
    bytes += Long.BYTES;
  }

  @Override
  public void text(String text) {
    bytes += Integer.BYTES + (PartsBuffer.isLatin1(text) ? 1L : 2L) * text.length();
  }

  @Override
  public void bytes(byte[] some) {
    bytes += Integer.BYTES + some.length;
  }
}
