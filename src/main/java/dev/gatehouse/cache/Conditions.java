package dev.gatehouse.cache;

import dev.gatehouse.http.ByteRanges;
import dev.gatehouse.http.ByteRanges.Range;
import dev.gatehouse.http.ContentRange;
import dev.gatehouse.http.EntityTag;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request's preconditions and ranges against a stored response, in the order of RFC 9110 §13.2.2.
 *
 * <p>Several ranges are sent as such if there are few and it saves something: two or three islands
 * of a large file are what a viewer of PDFs asks for. Else they get the whole, which is always
 * right (§14.2) and bounds what a request can make us do.
 */
public final class Conditions {
  private static final int MOST_RANGES = 16;
  private static final Duration CERTAIN = Duration.ofSeconds(60);

  private Conditions() {}

  /**
   * What the request gets.
   *
   * @param stored may be used for the request
   * @param now for dates whose years have two digits
   */
  public static Answer evaluate(String method, Fields request, StoredResponse stored, Instant now) {
    boolean get = method.equals("GET");
    boolean conditional = get || method.equals("HEAD") || method.equals("QUERY"); // RFC 10008 §2.6
    int status = stored.status();
    if (!conditional || status < 200 || status > 299) { // §13.2.1
      return new Answer.Whole();
    }
    if (mayFailAtOrigin(request, stored, now)) { // steps 1 and 2
      return new Answer.ForOrigin();
    }
    boolean notModified =
        request.has("If-None-Match")
            ? noneMatches(request, stored) // step 3; it alone decides
            : isUnmodifiedSince(request, stored, now); // step 4
    if (notModified) {
      return new Answer.NotModified(PartialHead.notModified(stored.fields()));
    }
    // Range is for GET (§14.2), may be ignored with others, and is applied only to what would be a
    // 200 (§15.3.7)
    return get && status == 200 && request.has("Range") && isSameRange(request, stored, now)
        ? ranged(request, stored) // step 5
        : new Answer.Whole();
  }

  /**
   * If-Match and If-Unmodified-Since are for origins (RFC 9111 §4.3.2): a cache may ignore them
   * (RFC 9110 §13.1.1, §13.1.4), which we do where what is stored fulfils them, or must not answer.
   */
  private static boolean mayFailAtOrigin(Fields request, StoredResponse stored, Instant now) {
    List<String> match = request.all("If-Match");
    if (!match.isEmpty()) {
      Optional<String> tag = tag(stored);
      return !EntityTag.isAny(match)
          && (tag.isEmpty() || !EntityTag.isInStrongly(match, tag.get()));
    }
    Optional<Instant> since = onlyDate(request, "If-Unmodified-Since", now);
    return since.isPresent() && lastModified(stored, now).map(since.get()::isBefore).orElse(true);
  }

  /** Whether If-None-Match is false: there is one that matches (§13.1.2). */
  private static boolean noneMatches(Fields request, StoredResponse stored) {
    List<String> none = request.all("If-None-Match");
    return EntityTag.isAny(none)
        || tag(stored).map(tag -> EntityTag.isInWeakly(none, tag)).orElse(false);
  }

  /** Without Last-Modified, Date stands for it, or the time of receipt (RFC 9111 §4.3.2). */
  private static boolean isUnmodifiedSince(Fields request, StoredResponse stored, Instant now) {
    Optional<Instant> since = onlyDate(request, "If-Modified-Since", now);
    if (since.isEmpty()) { // not there, or to be ignored (§13.1.3)
      return false;
    }
    Instant modified =
        lastModified(stored, now)
            .or(() -> onlyDate(stored.fields(), "Date", now))
            .orElse(stored.freshness().receivedAt());
    return !modified.isAfter(since.get());
  }

  /** If-Range (§13.1.5): true as well if there is none. */
  private static boolean isSameRange(Fields request, StoredResponse stored, Instant now) {
    List<String> lines = request.all("If-Range");
    if (lines.size() != 1) {
      return lines.isEmpty();
    }
    String validator = lines.get(0);
    int quote = validator.indexOf('"');
    if (quote >= 0 && quote < 3) {
      return tag(stored).map(tag -> EntityTag.equalStrongly(tag, validator)).orElse(false);
    }
    Optional<Instant> modified = lastModified(stored, now);
    return modified.isPresent()
        && modified.equals(HttpDate.parse(validator, now))
        && isStrong(modified.get(), onlyDate(stored.fields(), "Date", now));
  }

  /**
   * Whether it can't have been modified twice in the second that the validator names (§8.8.2.2).
   */
  private static boolean isStrong(Instant modified, Optional<Instant> date) {
    return date.isPresent() && !modified.plus(CERTAIN).isAfter(date.get());
  }

  private static Answer ranged(Fields request, StoredResponse stored) {
    List<String> lines = request.all("Range");
    long length = stored.body().length;
    Optional<List<Range>> asked =
        lines.size() == 1
            ? ByteRanges.of(lines.get(0), length, MOST_RANGES)
            : Optional.empty(); // no list: two lines contradict each other
    if (asked.isEmpty()) {
      return new Answer.Whole();
    }
    List<Range> ranges = Multipart.coalesced(asked.get());
    if (ranges.isEmpty()) {
      return new Answer.NotSatisfiable(
          Fields.of("Content-Range", ContentRange.unsatisfied(length))); // §15.5.17
    }
    if (ranges.size() == 1) { // which is never sent as multipart (§15.3.7.2)
      Range range = ranges.get(0);
      return new Answer.Part(PartialHead.part(stored.fields(), range, length), range);
    }
    // a Content-Encoding beside the type of the multipart would be read as that of the multipart
    return !stored.fields().has("Content-Encoding")
            && Multipart.bound(stored.fields(), ranges) < length
        ? new Answer.Parts(PartialHead.parts(stored.fields()), ranges)
        : new Answer.Whole();
  }

  private static Optional<String> tag(StoredResponse stored) {
    List<String> tags = stored.fields().all("ETag");
    return tags.size() == 1 ? Optional.of(tags.get(0)) : Optional.empty(); // of two, none is right
  }

  private static Optional<Instant> lastModified(StoredResponse stored, Instant now) {
    return onlyDate(stored.fields(), "Last-Modified", now);
  }

  /** Empty too if there are several, or what stands there is no date. */
  private static Optional<Instant> onlyDate(Fields fields, String name, Instant now) {
    List<String> lines = fields.all(name);
    return lines.size() == 1 ? HttpDate.parse(lines.get(0), now) : Optional.empty();
  }
}
