package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;

/** A backend whose answers tell how many times it was asked for a target, behind the cache. */
final class Cached implements AutoCloseable {
  private final Backend backend = new Backend(seen -> Script.ok("unset"));
  private final ServerUnderTest server = ServerUnderTest.current();

  Backend backend() {
    return backend;
  }

  /** How often the backend was asked for it. */
  long asked(String target) {
    return backend.requests().stream().filter(seen -> seen.target().equals(target)).count();
  }

  /**
   * From now on answers with this status and the number of the request.
   *
   * @param lines of the head, with a tilde between them; {@code -}: none
   */
  void answer(int status, String lines) {
    backend.answer(seen -> numbered(seen, status, lines));
  }

  /** Such an answer. */
  Script numbered(Seen seen, int status, String lines) {
    return Script.response(status, bytes(Long.toString(asked(seen.target()))), split(lines));
  }

  /** Asks on a connection of its own, with a key. */
  Reply get(String target, String... lines) throws IOException {
    return ask("GET", target, "localhost", lines);
  }

  /** The same by another method, of another host. */
  Reply ask(String method, String target, String host, String... lines) throws IOException {
    Reply reply = exchange(method, target, host, lines);
    Status.awaitNothingInFlight(server); // the client has it all a moment before it is kept
    return reply;
  }

  /** The same, while others are under way. */
  Reply exchange(String method, String target, String host, String... lines) throws IOException {
    StringBuilder request = new StringBuilder(method).append(' ').append(target);
    request.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
    request.append(Settings.KEY_LINE).append("\r\n");
    for (String line : lines) {
      request.append(line).append("\r\n");
    }
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request.append("\r\n").toString());
    }
  }

  /** What the cache did, in a word. */
  static String word(Reply reply) {
    return reply.header("X-Cache").orElse("none");
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Lines that stand in a row of a table. */
  static String[] split(String lines) {
    return lines.equals("-") ? new String[0] : lines.split("~");
  }

  @Override
  public void close() {
    backend.close();
  }
}
