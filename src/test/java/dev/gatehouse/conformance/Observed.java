package dev.gatehouse.conformance;

import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Seen;
import java.util.List;

/**
 * What came of a row.
 *
 * @param replies the answers to the row's requests; those of a line without status have status -1
 * @param seen what the backend got meanwhile
 * @param connection of the client, afterwards
 */
record Observed(List<Reply> replies, Connection connection, List<Seen> seen) {
  /** How the client's connection goes on behind the row. */
  enum Connection {
    /** The server has closed it. */
    CLOSED,
    /** The next request has got its own answer. */
    SAFE,
    /** The next request has got another answer, or none. */
    CONFUSED
  }

  /** Of each answer; -1 for what is no HTTP/1.1 message. */
  List<Integer> statuses() {
    return replies.stream().map(Observed::status).toList();
  }

  boolean isClosed() {
    return connection == Connection.CLOSED;
  }

  /** Whether the backend got a request, to its last byte. */
  boolean isForwardedWhole() {
    return seen.stream().anyMatch(Seen::isWhole);
  }

  private static int status(Reply reply) {
    return reply.statusLine().matches("HTTP/1\\.[01] \\d{3}( .*)?") ? reply.status() : -1;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    replies.forEach(reply -> text.append(reply.statusLine()).append(", ").append(reply.end()));
    text.append("; connection ").append(connection).append("; backend got ").append(seen.size());
    for (Seen each : seen) {
      String body = each.body().text();
      text.append("\n  ").append(each.requestLine()).append(' ').append(each.headerLines());
      text.append(each.isWhole() ? " whole, '" : " broken, '");
      text.append(body, 0, Math.min(100, body.length())).append('\'');
    }
    return text.toString();
  }
}
