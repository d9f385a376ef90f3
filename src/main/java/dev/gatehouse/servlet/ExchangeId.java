package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The name of one exchange, for whoever looks for it in a log.
 *
 * @param value fit for fields and JSON as it is, see {@link dev.gatehouse.http.RequestId#isSane}
 * @param field the field that carries it to backends and clients; empty: none
 */
public record ExchangeId(String value, Optional<String> field) {

  /** Whether that is the field. */
  public boolean isIn(String name) {
    return field.isPresent() && field.get().equalsIgnoreCase(name);
  }

  /** Tells the client, over whatever the field holds. */
  public void addTo(HttpServletResponse response) {
    if (field.isPresent()) {
      response.setHeader(field.get(), value);
    }
  }
}
