package dev.gatehouse.servlet;

import dev.gatehouse.http.Fields;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Between the container's fields and ours. */
public final class ServletFields {
  private ServletFields() {}

  /**
   * The request's fields, lines of one name in order. The container is asked once in an exchange,
   * unless there is a wrapper of somebody else's, which may show others.
   */
  public static Fields of(HttpServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof Other other) {
        return other.fields;
      }
      if (!(wrapper instanceof BoundRequest)) {
        return read(request);
      }
      inner = wrapper.getRequest();
    }
    Optional<Exchange> exchange = Exchange.find(request);
    return exchange.isPresent() ? exchange.get().fields(() -> read(request)) : read(request);
  }

  private static Fields read(HttpServletRequest request) {
    List<String> lines = new ArrayList<>(32);
    Enumeration<String> names = request.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      Enumeration<String> values = request.getHeaders(name);
      while (values.hasMoreElements()) {
        lines.add(name);
        lines.add(values.nextElement());
      }
    }
    return Fields.of(lines);
  }

  /** The same request with these fields in place of its own. */
  public static HttpServletRequest with(HttpServletRequest request, Fields fields) {
    return new Other(request, fields);
  }

  private static final class Other extends HttpServletRequestWrapper {
    private final Fields fields;

    Other(HttpServletRequest request, Fields fields) {
      super(request);
      this.fields = fields;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return fields.first(name).orElse(null);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(fields.all(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      Set<String> names = new LinkedHashSet<>();
      for (int i = 0; i < fields.size(); i++) {
        if (seen.add(fields.name(i))) {
          names.add(fields.name(i));
        }
      }
      return Collections.enumeration(names);
    }
  }
}
