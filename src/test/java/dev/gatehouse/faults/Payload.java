package dev.gatehouse.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Bodies that say in each line whose they are. */
final class Payload {
  static final int ANSWER_BYTES = 60_000;
  private static final int SMALL = 1_000;
  private static final int LARGE = 100_000; // more than is kept to be sent again
  private static final int LARGE_EVERY = 10;

  private Payload() {}

  /** The body of the answer to this request. */
  static String answer(String id) {
    return lines("answer " + id + "\n", ANSWER_BYTES);
  }

  /** The body of a request; each tenth is too large to be kept. */
  static String request(String id, int number) {
    return lines("request " + id + "\n", number % LARGE_EVERY == 0 ? LARGE : SMALL);
  }

  /** Whether a request's body, as a backend got it, is its own. */
  static boolean isRequest(String id, String body) {
    return body.equals(lines("request " + id + "\n", body.length()));
  }

  /** Whether it begins as the answer to this request does. */
  static boolean isBeginOfAnswer(String id, String body) {
    return answer(id).startsWith(body);
  }

  static byte[] bytes(String body) {
    return body.getBytes(US_ASCII);
  }

  private static String lines(String line, int length) {
    return line.repeat(length / line.length() + 1).substring(0, length);
  }
}
