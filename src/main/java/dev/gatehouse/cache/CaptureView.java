package dev.gatehouse.cache;

import java.io.IOException;
import java.io.OutputStream;

/** What there is to read of a capture at a place. */
final class CaptureView {
  private final byte[] bytes; // shared
  private final int from;
  private final int length;
  private final Capture.State state;

  CaptureView(byte[] bytes, int from, int length, Capture.State state) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.state = state;
  }

  int length() {
    return length;
  }

  /** What comes behind these bytes. */
  Capture.State state() {
    return state;
  }

  void writeTo(OutputStream output, int most) throws IOException {
    output.write(bytes, from, Math.min(length, most));
  }
}
