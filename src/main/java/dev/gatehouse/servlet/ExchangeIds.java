package dev.gatehouse.servlet;

import dev.gatehouse.http.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Names exchanges: as a trusted peer has named them, else anew. Thread-safe. */
public final class ExchangeIds {
  private final Optional<String> field;
  private final LongSupplier random;

  /**
   * @param field the field to take over and to set; empty: none
   * @param random 64 random bits at a time, for many threads
   */
  public ExchangeIds(Optional<String> field, LongSupplier random) {
    this.field = field;
    this.random = random;
  }

  /** The name for a request; without a field there is one too, for the log. */
  public ExchangeId of(HttpServletRequest request, boolean peerTrusted) {
    String taken = peerTrusted && field.isPresent() ? only(request.getHeaders(field.get())) : "";
    String id =
        RequestId.isSane(taken) ? taken : RequestId.of(random.getAsLong(), random.getAsLong());
    return new ExchangeId(id, field);
  }

  /** Empty for none and for several, of which nobody could say which counts. */
  private static String only(Enumeration<String> values) {
    String first = values.hasMoreElements() ? values.nextElement() : "";
    return values.hasMoreElements() ? "" : first;
  }
}
