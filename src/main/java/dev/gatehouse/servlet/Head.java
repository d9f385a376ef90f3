package dev.gatehouse.servlet;

import dev.gatehouse.http.Fields;
import jakarta.servlet.http.HttpServletResponse;

/** Status and fields of a response. Immutable. */
public record Head(int status, Fields fields) {
  /** Fills the response, over what the container has put there itself: Date, Server. */
  public void sendTo(HttpServletResponse response) {
    response.setStatus(status);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.isFirst(i)) {
        response.setHeader(fields.name(i), fields.value(i));
      } else {
        response.addHeader(fields.name(i), fields.value(i));
      }
    }
  }
}
