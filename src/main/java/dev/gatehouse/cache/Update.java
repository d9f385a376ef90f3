package dev.gatehouse.cache;

import dev.gatehouse.http.EntityTag;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.http.HttpDate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a 304, or the answer to a HEAD, does to a stored response (RFC 9111 §3.2, §4.3.4, §4.3.5).
 */
public final class Update {
  private Update() {}

  /** What becomes of a stored response. */
  public enum Effect {
    /** It gets the new fields. */
    UPDATE,
    /** It is not what the origin has now: it is stale (§4.3.5). */
    STALE,
    /** Nothing. */
    NONE
  }

  /**
   * Whether a 304 to a validation with the validators of this stored response, and only of this,
   * says that it is current (§4.3.4).
   *
   * <p>A 304 that has no validator is taken as the answer to ours, since it is that of many
   * origins. A strong tag in it is allowed to be ours without the {@code W/}: servers that compress
   * weaken the tag of a 200 and forget to do so in a 304.
   */
  public static boolean isCurrent(Fields notModified, StoredResponse stored) {
    Optional<String> tag = notModified.first("ETag");
    Optional<String> ours = stored.fields().first("ETag");
    if (tag.isPresent() && (ours.isPresent() || EntityTag.isStrong(tag.get()))) {
      return ours.isPresent() && EntityTag.equalWeakly(tag.get(), ours.get());
    }
    Optional<String> modified = notModified.first("Last-Modified");
    return modified.isEmpty()
        ? tag.isEmpty()
        : modified.equals(stored.fields().first("Last-Modified"));
  }

  /**
   * What an answer to HEAD does to the stored answer to GET that it would have selected (§4.3.5).
   */
  public static Effect ofHead(int status, Fields head, StoredResponse stored) {
    if (status != 200 || stored.status() != 200) {
      return Effect.NONE;
    }
    boolean same =
        agrees(head, stored, "ETag")
            && agrees(head, stored, "Last-Modified")
            && agrees(head, stored, "Content-Encoding") // else the fields of one go to the other's
            && head.first("Content-Length")
                .map(Integer.toString(stored.body().length)::equals)
                .orElse(true);
    return same ? Effect.UPDATE : Effect.STALE;
  }

  /**
   * The stored fields with the new ones in the place of theirs: as if the origin had sent them all
   * just now. Age and what else of the result is not to be stored is still in it.
   *
   * @param update of a 304, or of a 200 to HEAD
   * @param receivedAt when it came; the Date of what has none (RFC 9110 §6.6.1)
   */
  public static Fields merged(Fields stored, Fields update, Instant receivedAt) {
    Set<String> nominated = HopByHop.nominated(update.all("Connection"));
    boolean strengthens = strengthens(stored, update);
    Fields taken =
        update.keep(
            name ->
                !name.equalsIgnoreCase("Content-Length") // §3.2
                    && !HopByHop.always(name) // §3.1
                    && !nominated.contains(name)
                    && !(strengthens && name.equalsIgnoreCase("ETag")));
    if (taken.first("Date").flatMap(date -> HttpDate.parse(date, receivedAt)).isEmpty()) {
      taken = taken.with("Date", HttpDate.format(receivedAt));
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.add("Age"); // it was that of the former answer
    for (int i = 0; i < taken.size(); i++) {
      names.add(taken.name(i));
    }
    Fields left = stored.keep(name -> !names.contains(name));
    List<String> lines = new ArrayList<>(2 * (left.size() + taken.size()));
    append(left, lines);
    append(taken, lines);
    return Fields.of(lines);
  }

  /**
   * Whether the new tag is the stored one, but for the weakness, which only the body's 200 knows.
   */
  private static boolean strengthens(Fields stored, Fields update) {
    Optional<String> ours = stored.first("ETag");
    Optional<String> tag = update.first("ETag");
    return ours.isPresent()
        && tag.isPresent()
        && ours.get().equals("W/" + tag.get())
        && EntityTag.equalWeakly(ours.get(), tag.get());
  }

  private static boolean agrees(Fields head, StoredResponse stored, String name) {
    Optional<String> value = head.joined(name);
    return value.isEmpty() || value.equals(stored.fields().joined(name));
  }

  private static void append(Fields fields, List<String> lines) {
    for (int i = 0; i < fields.size(); i++) {
      lines.add(fields.name(i));
      lines.add(fields.value(i));
    }
  }
}
