package dev.gatehouse.cache;

import dev.gatehouse.http.ByteRanges.Range;
import dev.gatehouse.http.Fields;
import java.util.List;

/**
 * What a request gets of a stored response that may be used for it. Fields are those of the stored
 * response that go with it, without Age.
 */
public sealed interface Answer {
  /** All of it, with its own status and fields. */
  record Whole() implements Answer {}

  /** A 304. */
  record NotModified(Fields fields) implements Answer {}

  /**
   * A precondition that only an origin may find failed: the request has to go there as it is (RFC
   * 9111 §4.3.2).
   */
  record ForOrigin() implements Answer {}

  /**
   * A 206 with this part of the body.
   *
   * @param fields with Content-Range and Content-Length
   */
  record Part(Fields fields, Range range) implements Answer {}

  /**
   * A 206 with several parts; {@link Multipart} makes the body and its Content-Type.
   *
   * @param fields without Content-Type and Content-Length
   * @param ranges at least two, which do not overlap
   */
  record Parts(Fields fields, List<Range> ranges) implements Answer {
    /** Keeps a copy. */
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * A 416.
   *
   * @param fields Content-Range only: no other field speaks of this answer
   */
  record NotSatisfiable(Fields fields) implements Answer {}
}
