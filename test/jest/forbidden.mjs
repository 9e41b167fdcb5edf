throw new Error(
  'A unit test imported @kubernetes/client-node or an @actions package. ' +
    'Unit tests are for pure code: hand in a port instead, or move the test to test/sandbox or test/dist.',
);
