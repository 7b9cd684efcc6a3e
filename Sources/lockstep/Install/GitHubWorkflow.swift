// A workflow runs a line of shell: it is quoted for that, and then for YAML.
extension Installation {
    var github: String {
        """
        # .github/workflows/lockstep.yml, in the repository of the job files. The runner is one of your own, for the state has to
        # stay: what is lost with it are the links, and records would be made twice. GitHub starts nothing more often than every
        # five minutes, and sometimes later.
        name: lockstep
        on:
          schedule:
            - cron: "*/5 * * * *"
          workflow_dispatch:
        concurrency: lockstep
        jobs:
          run:
            runs-on: self-hosted
            steps:
              - name: Run what is due
                working-directory: \(folder.quotedForYAML)
                # The variables that connections.yaml refers to.
                # env:
                #   NAME: ${{ secrets.NAME }}
                run: \(shellCommand.quotedForYAML)

        """
    }
}
