using System.Net.Mail;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Mail;

/// <summary>Section <c>mail</c> of the settings.</summary>
internal sealed record MailSettings
{
    /// <summary>Name of the SMTP server; empty: no mail is sent.</summary>
    public string Server { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>STARTTLS (RFC 3207) before anything else; off only towards a server on this machine.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>Empty: no AUTH.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender, <c>EdgeQueue &lt;queue@example.org&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>A server or hook answers within so many seconds, or it is uncertain; 1 … 120.</summary>
    public int AnswerSeconds { get; set; } = 30;

    /// <summary>Key of the signature on web hooks, at least 16 characters; empty: they are not signed.</summary>
    public string HookSecret { get; set; } = "";

    /// <summary>Web hooks may also go to this machine and into private networks, and without TLS: for a receiver beside the cloud.</summary>
    public bool HooksInside { get; set; }

    /// <summary>Mails to one customer's address in 24 hours, 1 … 1000: nobody can be flooded by bookings in their name.</summary>
    public int PerPersonADay { get; set; } = 20;

    public bool On => Server.Length > 0;

    public void Check(SettingFaults faults)
    {
        if (On && !MailAddress.TryCreate(From, out _))
        {
            faults.Add("mail.from", $"'{From}' is no mail address.");
        }

        if (On && !StartTls && Server is not ("localhost" or "127.0.0.1" or "::1"))
        {
            faults.Add("mail.startTls", "is off only towards a server on this machine: a password would be read on its way.");
        }

        if (HookSecret.Length is > 0 and < 16)
        {
            faults.Add("mail.hookSecret", "has at least 16 characters that nobody can guess.");
        }

        if (Port is < 1 or > 65_535 || AnswerSeconds is < 1 or > 120 || PerPersonADay is < 1 or > 1_000)
        {
            faults.Add("mail", "port is 1 to 65535, answerSeconds 1 to 120, perPersonADay 1 to 1000.");
        }
    }
}
