package dev.gatehouse.faults;

import dev.gatehouse.testkit.Script;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is wrong with a backend that has taken a request whole. */
enum Fault {
  NONE,
  /** Closes in place of an answer. */
  CLOSES_UNANSWERED,
  /** Resets in place of an answer, but answers the checks. */
  RESETS_UNANSWERED,
  /** Never answers; the checks neither. */
  HANGS,
  /** Never answers requests, but checks. */
  HANGS_BUT_LOOKS_WELL,
  /** Sends half an answer and nothing more. */
  HANGS_IN_THE_MIDDLE,
  /** Answers late. */
  SLOW,
  /** Takes some seconds for an answer, a piece at a time. */
  DRIPS,
  /** Sends half an answer and resets. */
  RESETS_IN_THE_MIDDLE,
  /** Sends half an answer and closes. */
  CLOSES_IN_THE_MIDDLE,
  /** 500, to the checks too. */
  FAILS,
  /** Closes connections that were idle for a moment, as if its keep-alive time were that short. */
  CLOSES_IDLE,
  /** Says with each answer that it is the connection's last. */
  SAYS_CLOSE;

  /** How long a {@link #SLOW} answer takes to begin. */
  static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private static final int PIECES = 20;

  /** The answer to a check. */
  Script check() {
    return switch (this) {
      case CLOSES_UNANSWERED -> Script.raw("").fin();
      case HANGS -> Script.silence();
      case FAILS -> Script.ofStatus(500);
      default -> Script.ok("up");
    };
  }

  /** The answer to a request. */
  Script answer(String id) {
    return switch (this) {
      case NONE -> whole(id);
      case CLOSES_UNANSWERED -> Script.raw("").fin();
      case RESETS_UNANSWERED -> Script.raw("").rst();
      case HANGS, HANGS_BUT_LOOKS_WELL -> Script.silence();
      case HANGS_IN_THE_MIDDLE -> half(id).hang();
      case SLOW -> Script.response(200, slowly(id));
      case DRIPS -> Script.head("Content-Length: " + Payload.ANSWER_BYTES).writing(drip(id));
      case RESETS_IN_THE_MIDDLE -> half(id).rst();
      case CLOSES_IN_THE_MIDDLE -> half(id).fin();
      case FAILS -> Script.ofStatus(500);
      case CLOSES_IDLE ->
          whole(id).keepAlive(Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 200)));
      case SAYS_CLOSE -> Script.response(200, body(id), "Connection: close");
    };
  }

  /** With a length or in chunks, by turns. */
  private static Script whole(String id) {
    return isSized(id)
        ? Script.response(200, body(id))
        : Script.head("Transfer-Encoding: chunked").chunk(Payload.answer(id)).chunk("");
  }

  private static Script half(String id) {
    String half = Payload.answer(id).substring(0, Payload.ANSWER_BYTES / 2);
    return isSized(id)
        ? Script.head("Content-Length: " + Payload.ANSWER_BYTES).send(half)
        : Script.head("Transfer-Encoding: chunked").chunk(half);
  }

  /** Waits before it makes the body: on the connection's own thread, when all was read. */
  private static byte[] slowly(String id) {
    LockSupport.parkNanos(SLOW_NANOS);
    return body(id);
  }

  private static Script.Writing drip(String id) {
    return out -> {
      byte[] body = body(id);
      long pause = Scale.download().toNanos() / PIECES;
      for (int i = 0; i < PIECES; i++) {
        out.write(body, i * body.length / PIECES, body.length / PIECES);
        LockSupport.parkNanos(pause);
      }
    };
  }

  private static byte[] body(String id) {
    return Payload.bytes(Payload.answer(id));
  }

  private static boolean isSized(String id) {
    return id.hashCode() % 2 == 0;
  }
}
