package dev.gatehouse.container;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.test.spi.context.ClassContext;

/**
 * Deploys what a test class declares, at any time between its first and its last test.
 *
 * <p>Arquillian's own deployer finds the declarations in a test only, not in {@code @BeforeAll} nor
 * in a nested class, since the context of the class is not active there.
 */
record ClassDeployer(Deployer deployer, ClassContext context, Class<?> testClass) {
  void deploy(String name) {
    context.activate(testClass);
    try {
      deployer.deploy(name);
    } finally {
      context.deactivate();
    }
  }

  void undeploy(String name) {
    context.activate(testClass);
    try {
      deployer.undeploy(name);
    } finally {
      context.deactivate();
    }
  }
}
