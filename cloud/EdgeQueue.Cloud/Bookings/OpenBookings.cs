using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>How many bookings somebody has open, counted one after the other.</summary>
internal static class OpenBookings
{
    /// <summary>First the number, then the address, everywhere: nobody waits in a circle.</summary>
    public static async Task LockAsync(Dialect sql, DbTransaction transaction, Contact contact)
    {
        foreach (string what in new[] { contact.Phone is null ? "" : "phone " + contact.Digits, contact.Mail is null ? "" : "mail " + contact.MailKey }.Where(w => w.Length > 0))
        {
            await sql.LockAsync(transaction, BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes(what))));
        }
    }

    public static Task<long> CountAsync(DbTransaction transaction, long branch, Contact contact, long now) => transaction.Connection!.ExecuteScalarAsync<long>(
        """
        select count(*) from booking b join person p on p.id = b.person
        where (p.phone = @Digits or lower(p.mail) = @MailKey) and p.purpose = 'booking' and b.branch = @branch and b.state = 'booked' and b.starts_at > @now
        """,
        new { contact.Digits, contact.MailKey, branch, now }, transaction);
}
