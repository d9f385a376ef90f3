package dev.gatehouse.cache;

import dev.gatehouse.http.ByteRanges.Range;
import dev.gatehouse.http.ContentRange;
import dev.gatehouse.http.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Several ranges of a stored body as one (RFC 9110 §14.6, §15.3.7.2). */
public final class Multipart {
  /** What a part costs besides its bytes and its Content-Type, at least; gaps as small are sent. */
  private static final int OVERHEAD = 80;

  private static final int LONGEST_BOUNDARY = 70; // RFC 2046 §5.1.1
  private final String contentType;
  private final byte[] body;

  private Multipart(String contentType, byte[] body) {
    this.contentType = contentType;
    this.body = body;
  }

  /**
   * Puts the parts together.
   *
   * @param boundary a token of at most 70 characters that nobody can foresee, else what is stored
   *     could hold it
   */
  public static Multipart of(StoredResponse stored, List<Range> ranges, String boundary) {
    byte[] whole = stored.body();
    List<byte[]> heads = new ArrayList<>(ranges.size());
    byte[] end = bytes("\r\n--" + boundary + "--\r\n");
    long size = end.length;
    String before = "--";
    for (Range range : ranges) {
      StringBuilder head = new StringBuilder(before).append(boundary).append("\r\n");
      stored
          .fields()
          .first("Content-Type")
          .ifPresent(type -> head.append("Content-Type: ").append(type).append("\r\n"));
      head.append("Content-Range: ").append(new ContentRange(range, whole.length).format());
      heads.add(bytes(head.append("\r\n\r\n").toString()));
      size += heads.get(heads.size() - 1).length + range.length();
      before = "\r\n--";
    }
    byte[] body = new byte[Math.toIntExact(size)];
    int at = 0;
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      at = copy(heads.get(i), 0, heads.get(i).length, body, at);
      at = copy(whole, (int) range.first(), (int) range.length(), body, at);
    }
    copy(end, 0, end.length, body, at);
    return new Multipart("multipart/byteranges; boundary=" + boundary, body);
  }

  /**
   * Without those that overlap, touch, or have less between them than a part's head would cost: one
   * range stands for them where the first of them stood.
   */
  static List<Range> coalesced(List<Range> ranges) {
    List<Range> apart = new ArrayList<>(ranges.size());
    for (Range range : ranges) {
      Range union = range;
      int place = apart.size();
      int i = 0;
      while (i < apart.size()) {
        Range other = apart.get(i);
        if (isNear(union, other)) {
          union =
              new Range(
                  Math.min(union.first(), other.first()), Math.max(union.last(), other.last()));
          apart.remove(i);
          place = Math.min(place, i);
          i = 0; // the union may touch what its parts did not
        } else {
          i++;
        }
      }
      apart.add(Math.min(place, apart.size()), union);
    }
    return apart;
  }

  /** No body of these parts is longer. */
  static long bound(Fields stored, List<Range> ranges) {
    int head =
        OVERHEAD + LONGEST_BOUNDARY + stored.first("Content-Type").map(String::length).orElse(0);
    long bound = LONGEST_BOUNDARY + 8;
    for (Range range : ranges) {
      bound += head + range.length();
    }
    return bound;
  }

  /** With the boundary. */
  public String contentType() {
    return contentType;
  }

  /** The array itself: who gets it only reads it. */
  @SuppressWarnings("EI_EXPOSE_REP")
  byte[] body() {
    return body;
  }

  private static boolean isNear(Range one, Range other) {
    return one.first() - OVERHEAD <= other.last() + 1 && other.first() - OVERHEAD <= one.last() + 1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int copy(byte[] from, int start, int length, byte[] to, int at) {
    System.arraycopy(from, start, to, at, length);
    return at + length;
  }
}
