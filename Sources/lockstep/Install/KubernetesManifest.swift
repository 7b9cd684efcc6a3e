// JSON's strings are YAML's too, so that what is quoted so needs no further rules.
import Values

extension Installation {
    var kubernetes: String {
        """
        # In place of IMAGE stands an image with lockstep and the job files in it. The state needs a volume that stays: what is
        # lost with it are the links, and records would be made twice. One run at a time is enough: hence 'Forbid'.
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: lockstep
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          successfulJobsHistoryLimit: 1
          failedJobsHistoryLimit: 3
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: lockstep
                      image: IMAGE
                      workingDir: \(folder.quotedForYAML)
                      command: \(JSON.text(.list(([program] + arguments).map(Value.text))))
                      # The variables that connections.yaml refers to.
                      envFrom:
                        - secretRef:
                            name: lockstep
                      volumeMounts:
                        - name: state
                          mountPath: \(state.quotedForYAML)
                  volumes:
                    - name: state
                      persistentVolumeClaim:
                        claimName: lockstep-state

        """
    }
}

extension String {
    var quotedForYAML: String { JSON.text(.text(self)) }
}
