package dev.gatehouse.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests whose bodies are being read. Thread-safe. */
final class BodyTurns {
  private final Set<BodyTurn> reading = ConcurrentHashMap.newKeySet();

  void begin(BodyTurn turn) {
    reading.add(turn);
    turn.begin(() -> reading.remove(turn));
  }

  /** Lets those go whose bodies are too slow. */
  void tick(long nowNanos) {
    reading.forEach(each -> each.expire(nowNanos));
  }
}
