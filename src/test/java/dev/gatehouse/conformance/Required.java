package dev.gatehouse.conformance;

import dev.gatehouse.testkit.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What must come of a row, in words and as a test.
 *
 * @param words for the failure's message
 */
record Required(String words, Predicate<Observed> holds) {
  /** An error of ours, nothing at the backend; behind it the connection is closed or safe. */
  static Required refused(Integer... statuses) {
    return new Required(
        "refused with " + Arrays.toString(statuses),
        observed ->
            observed.seen().isEmpty()
                && observed.replies().size() == 1
                && List.of(statuses).containsAll(observed.statuses())
                && observed.replies().get(0).isWhole());
  }

  /** The same, and the connection is closed: nobody knows where the next request begins. */
  static Required refusedAndClosed(Integer... statuses) {
    return refused(statuses).and("closed", Observed::isClosed);
  }

  /** Closed without a message of HTTP/1.1, or refused and closed; nothing at the backend. */
  static Required turnedAway(Integer... statuses) {
    return new Required(
            "closed without an answer",
            observed ->
                observed.seen().isEmpty()
                    && observed.isClosed()
                    && observed.statuses().stream().allMatch(status -> status == -1))
        .or(refusedAndClosed(statuses));
  }

  /** The backend never has a whole request, and the client no success. */
  static Required neverWhole() {
    return new Required(
        "refused or closed, never whole at the backend",
        observed ->
            observed.isClosed()
                && observed.replies().size() <= 1
                && observed.statuses().stream().allMatch(status -> status >= 400 && status < 500)
                && observed.seen().stream().noneMatch(seen -> seen.isWhole()));
  }

  /** One request with this target and body at the backend, and its answer at the client. */
  static Required forwarded(String target, String body) {
    return new Required(
        "forwarded once as " + target + " with the body '" + body + "'",
        observed ->
            observed.statuses().equals(List.of(200))
                && observed.replies().get(0).text().endsWith(" " + target)
                && observed.seen().size() == 1
                && observed.seen().get(0).target().equals(target)
                && observed.seen().get(0).isWhole()
                && observed.seen().get(0).body().text().equals(body));
  }

  /** These answers, in this order; nothing is said of the backend. */
  static Required answered(Predicate<Reply> reply, String words) {
    return new Required(
        words, observed -> observed.replies().size() == 1 && reply.test(observed.replies().get(0)));
  }

  Required and(String more, Predicate<Observed> alsoHolds) {
    return new Required(words + ", " + more, holds.and(alsoHolds));
  }

  Required or(Required other) {
    return new Required(words + "; or " + other.words, holds.or(other.holds));
  }
}
