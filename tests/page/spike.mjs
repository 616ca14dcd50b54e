// A cluster of a group whose load rises and falls again: what the tests of the timeline look at.

export const SPIKE = {
  version: 1,
  name: "a spike of our own",
  region: "us-east-1",
  zones: 3,
  services: [
    {
      name: "web",
      desiredCount: 4,
      taskDefinition: { cpu: 1024, memory: 1024, networkMode: "bridge" },
      autoScaling: {
        minCapacity: 2,
        maxCapacity: 20,
        scalingPolicies: [{ targetTracking: { targetValue: 75, scaleOutCooldown: 60 } }],
      },
      load: {
        requestsPerMinute: {
          steps: [
            { minute: 0, requestsPerMinute: 1400 },
            { minute: 15, requestsPerMinute: 3800 },
            { minute: 60, requestsPerMinute: 900 },
          ],
        },
        requestsPerMinutePerTask: 600,
      },
    },
    {
      name: "worker",
      desiredCount: 1,
      taskDefinition: { cpu: 256, memory: 256, networkMode: "bridge" },
    },
  ],
  capacity: {
    autoScalingGroup: { instanceTypes: ["t3.medium"], minSize: 2, maxSize: 10, desiredCapacity: 3 },
  },
  simulation: { minutes: 120, startsAt: "09:00" },
};
