package dev.gatehouse.faults;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the backends of a story have got and carried out, by the requests' ids. Thread-safe. */
final class Ledger {
  private final Map<String, Integer> begun = new ConcurrentHashMap<>();
  private final Map<String, Integer> executed = new ConcurrentHashMap<>();
  private final Queue<String> garbled = new ConcurrentLinkedQueue<>();
  private final Queue<String> notes = new ConcurrentLinkedQueue<>();

  /** A request's head is there. */
  void begin(String id, String where) {
    begun.merge(id, 1, Integer::sum);
    notes.add(id + " at " + where);
  }

  /** All of it is there, and is carried out, whether or not it is answered. */
  void execute(String id, String body) {
    executed.merge(id, 1, Integer::sum);
    if (!Payload.isRequest(id, body)) {
      garbled.add(id);
    }
  }

  /** How many heads of this one. */
  int begun(String id) {
    return begun.getOrDefault(id, 0);
  }

  int executed(String id) {
    return executed.getOrDefault(id, 0);
  }

  /** Requests whose body was not their own. */
  Queue<String> garbled() {
    return garbled;
  }

  /** Where a request has been. */
  String whereabouts(String id) {
    return notes.stream().filter(note -> note.startsWith(id + " ")).toList().toString();
  }
}
