using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace EdgeQueue.Cloud.Mail;

/// <summary>One mail by SMTP (RFC 5321), and what its end means: 4yz is not now, 5yz is never, a connection that breaks or is silent is uncertain.</summary>
internal sealed class SmtpMailer(MailSettings settings)
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);

    public async Task<HandingResult> SendAsync(NoticeRow notice)
    {
        if (!settings.On)
        {
            return new(Handing.Refused, "no mail server is set (mail.server)");
        }

        if (!MailAddress.TryCreate(notice.Target, out MailAddress? to))
        {
            return new(Handing.Refused, "the address is none");
        }

        // A server that cannot be reached has certainly not taken it; the client below could not say so.
        using (var probe = new TcpClient())
        {
            try
            {
                using var patience = new CancellationTokenSource(ConnectTime);
                await probe.ConnectAsync(settings.Server, settings.Port, patience.Token);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                return new(Handing.NotNow, $"no connection to {settings.Server}: {fault.Message}");
            }
        }

        using MailMessage mail = Of(notice, to);
        using var client = new SmtpClient(settings.Server, settings.Port) { EnableSsl = settings.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (settings.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        }

        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(settings.AnswerSeconds));
            await client.SendMailAsync(mail, patience.Token);
            return new(Handing.Accepted);
        }
        catch (SmtpException fault) when (Innermost(fault) is AuthenticationException tls)
        {
            return new(Handing.NotNow, $"the server's certificate is not good: {tls.Message}");
        }
        catch (SmtpException fault) when ((int)fault.StatusCode is >= 400 and < 500)
        {
            return new(Handing.NotNow, Said(fault));
        }
        catch (SmtpException fault) when ((int)fault.StatusCode is >= 500 and < 600)
        {
            return new(Handing.Refused, Said(fault));
        }
        catch (SmtpException fault) when (Innermost(fault) is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable })
        {
            return new(Handing.NotNow, $"no connection to {settings.Server}: {fault.Message}");
        }
        catch (Exception fault) when (fault is SmtpException or OperationCanceledException or IOException)
        {
            return new(Handing.Uncertain, $"the server did not say that it has it: {Innermost(fault).Message}");
        }
    }

    private MailMessage Of(NoticeRow notice, MailAddress to)
    {
        var mail = new MailMessage(new MailAddress(settings.From), to)
        {
            // A branch's name stands in it: a line break there would end the header.
            Subject = string.Concat(notice.Subject.Select(c => char.IsControl(c) ? ' ' : c)), SubjectEncoding = Encoding.UTF8, Body = notice.Body, BodyEncoding = Encoding.UTF8,
        };
        // The same however often it is sent: a mailbox that gets it twice can know it.
        mail.Headers.Add("Message-ID", $"<{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Key)))[..32]}@{new MailAddress(settings.From).Host}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if (notice.FileName.Length > 0)
        {
            mail.Attachments.Add(AttachedFile.Of(notice.FileName, notice.File));
        }

        return mail;
    }

    private static string Said(SmtpException fault) => string.Create(CultureInfo.InvariantCulture, $"the mail server answered {(int)fault.StatusCode}: {fault.Message}");

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
