package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** A message made of a stored response: its head, and which bytes of an array are its body. */
final class Reply {
  private static final byte[] NOTHING = {};

  private final Head head;
  private final byte[] body;
  private final int from;
  private final int length;

  private Reply(int status, Fields fields, byte[] body, int from, int length) {
    this.head = new Head(status, fields);
    this.body = body;
    this.from = from;
    this.length = length;
  }

  /**
   * What the client gets.
   *
   * @param answer not {@link Answer.ForOrigin}
   * @param age whole seconds (RFC 9111 §5.1)
   */
  static Reply of(StoredResponse stored, Answer answer, String method, long age) {
    byte[] body = stored.body();
    String seconds = Long.toString(Math.max(0, age));
    if (answer instanceof Answer.Whole) {
      boolean bodiless = method.equals("HEAD") || stored.isBodiless();
      int length = bodiless ? 0 : body.length;
      return new Reply(stored.status(), stored.whole().with("Age", seconds), body, 0, length);
    }
    if (answer instanceof Answer.NotModified not) {
      return new Reply(304, not.fields().with("Age", seconds), NOTHING, 0, 0);
    }
    if (answer instanceof Answer.Part part) {
      int from = (int) part.range().first();
      int length = (int) part.range().length();
      return new Reply(206, part.fields().with("Age", seconds), body, from, length);
    }
    if (answer instanceof Answer.Parts parts) {
      Multipart several = Multipart.of(stored, parts.ranges(), UUID.randomUUID().toString());
      byte[] all = several.body();
      Fields fields =
          parts
              .fields()
              .with("Content-Type", several.contentType())
              .with("Content-Length", Integer.toString(all.length))
              .with("Age", seconds);
      return new Reply(206, fields, all, 0, all.length);
    }
    if (answer instanceof Answer.NotSatisfiable not) {
      return new Reply(416, not.fields().plus("Content-Length", "0"), NOTHING, 0, 0);
    }
    throw new IllegalArgumentException("no reply: " + answer);
  }

  Head head() {
    return head;
  }

  Capture body() {
    return Capture.of(body);
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }

  /** With these fields besides. */
  Reply with(Fields more) {
    return new Reply(head.status(), head.fields().with(more), body, from, length);
  }

  void writeTo(OutputStream output) throws IOException {
    output.write(body, from, length);
  }
}
