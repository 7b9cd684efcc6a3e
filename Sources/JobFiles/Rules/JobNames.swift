import Diagnostics

extension Rule {
    /// A job's name is its file's, so that a person who knows one knows the other.
    static let jobNames = Rule { subject, findings in
        for job in subject.drafts.jobs {
            guard let name = job.name, Naming.isName(name.content), name.content != job.fileName else { continue }
            let message = "the job is named '\(name.content)', but its file '\(job.fileName).yaml'"
            let hint =
                Naming.isName(job.fileName)
                ? "write 'job: \(job.fileName)', or rename the file" : "rename the file to '\(name.content).yaml'"
            findings.add(.jobName, message, at: name.place, hint: hint)
        }
    }
}
