// What crontab(5) has: a line is handed to the shell, and a '%' in it ends the command unless a backslash stands before it.
import Runner

extension Installation {
    var crontab: String {
        """
        # Lockstep: each minute it runs what is due of \(jobs). Add the line to what 'crontab -e' shows.
        # Variables that connections.yaml refers to have to be set above it, as NAME=value: cron passes on no others.
        \(crontabLine)

        """
    }

    var crontabLine: String {
        "* * * * * " + "cd \(ShellWord.quoted(folder)) && \(shellCommand)".replacing("%", with: "\\%")
    }

    var shellCommand: String { ([program] + arguments).map(ShellWord.quoted).joined(separator: " ") }
}
