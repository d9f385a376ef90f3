package dev.gatehouse.cache;

import dev.gatehouse.http.ByteRanges.Range;
import dev.gatehouse.http.ContentRange;
import dev.gatehouse.http.Fields;

/** Which of a stored response's fields go with less than its whole body. */
final class PartialHead {
  private PartialHead() {}

  /**
   * Of a 304, all but what only describes the body that does not come (RFC 9110 §15.4.5). That
   * Last-Modified goes with it only without ETag is meant there as well.
   */
  static Fields notModified(Fields stored) {
    boolean tagged = stored.has("ETag");
    return stored.keep(name -> !(isOfTheBody(name) || (tagged && isLastModified(name))));
  }

  /**
   * Of a 206 with one part: all, so that a cache behind us can store it (§15.3.7). After an
   * If-Range less would do, but what the client has is not known to those between us.
   */
  static Fields part(Fields stored, Range range, long length) {
    return bare(stored)
        .plus("Content-Length", Long.toString(range.length()))
        .plus("Content-Range", new ContentRange(range, length).format());
  }

  /** Of a 206 with several: Content-Type and Content-Range stand with the parts (§15.3.7.2). */
  static Fields parts(Fields stored) {
    return bare(stored).without("Content-Type");
  }

  /** Digests of the content are of the whole content (RFC 9530 §2), as Content-MD5 was. */
  private static Fields bare(Fields stored) {
    return stored.keep(
        name ->
            switch (name.length()) {
              case 11 -> !name.equalsIgnoreCase("Content-MD5");
              case 13 -> !name.equalsIgnoreCase("Content-Range");
              case 14 ->
                  !name.equalsIgnoreCase("Content-Length")
                      && !name.equalsIgnoreCase("Content-Digest");
              default -> true;
            });
  }

  private static boolean isOfTheBody(String name) {
    return switch (name.length()) {
      case 6 -> name.equalsIgnoreCase("Digest");
      case 11 -> name.equalsIgnoreCase("Content-MD5") || name.equalsIgnoreCase("Repr-Digest");
      case 12 -> name.equalsIgnoreCase("Content-Type");
      case 13 -> name.equalsIgnoreCase("Content-Range") || name.equalsIgnoreCase("Accept-Ranges");
      case 14 -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Content-Digest");
      case 16 ->
          name.equalsIgnoreCase("Content-Encoding") || name.equalsIgnoreCase("Content-Language");
      case 19 -> name.equalsIgnoreCase("Content-Disposition");
      default -> false;
    };
  }

  private static boolean isLastModified(String name) {
    return name.equalsIgnoreCase("Last-Modified");
  }
}
