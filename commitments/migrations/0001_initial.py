import commitments.models.fields
import commitments.models.roots
import commitments.models.targets
import commitments.models.urls
import commitments.verdicts.statuses
import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="ledger_head_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("publish", "Published"),
                            ("amend", "Amended"),
                            ("correct", "Corrected"),
                            ("withdraw", "Withdrawn"),
                            ("confirm", "Confirmed"),
                            ("record", "Recorded"),
                            ("redact", "Redacted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("record_type", models.CharField(max_length=30)),
                ("record_slug", models.CharField(max_length=160)),
                ("note", models.TextField(blank=True)),
                ("redacts", models.PositiveBigIntegerField(blank=True, null=True)),
                ("payload_sha256", models.CharField(blank=True, max_length=64)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name_plural": "ledger entries",
                "ordering": ["-seq"],
                "permissions": [
                    ("publish_records", "May publish, return, withdraw and confirm records"),
                    ("amend_records", "May amend published records"),
                    ("redact_records", "May redact payloads from the ledger"),
                ],
                "indexes": [
                    models.Index(
                        fields=["record_type", "record_slug", "-seq"], name="ledger_by_record"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "action__in",
                                [
                                    "publish",
                                    "amend",
                                    "correct",
                                    "withdraw",
                                    "confirm",
                                    "record",
                                    "redact",
                                ],
                            )
                        ),
                        name="ledger_entry_action_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "credit_name",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="How assessments you sign name you in public, for good: your name, or “Researcher 3”.",
                        max_length=120,
                        verbose_name="credit name",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "name",
                    commitments.models.fields.Line(
                        help_text="The usual English name: “Japan”, “European Union”.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "name_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="name in Japanese"
                    ),
                ),
                (
                    "short_name",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="For narrow tables: “US”. Empty: the name is used.",
                        max_length=40,
                        verbose_name="short name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("organisation", "Organisation"),
                            ("bloc", "Bloc with dated members"),
                            ("group", "Group without defined members"),
                            ("area", "Area"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "iso_code",
                    models.CharField(
                        blank=True,
                        help_text="ISO 3166-1 alpha-3 of a state: JPN. Leave empty for anything else.",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}\\Z", "Three capital letters of ISO 3166-1, such as JPN."
                            )
                        ],
                        verbose_name="ISO code",
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^Q[1-9][0-9]*\\Z",
                                "A Wikidata id is a Q and a number, such as Q17.",
                            )
                        ],
                        verbose_name="Wikidata id",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="party_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="party_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="party_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="party_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__lte", 200)), name="party_name_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ja__length__lte", 200)),
                        name="party_name_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("short_name__length__lte", 40)),
                        name="party_short_name_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iso_code__length__lte", 3)),
                        name="party_iso_code_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wikidata_id__length__lte", 20)),
                        name="party_wikidata_id_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="party_name_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["state", "organisation", "bloc", "group", "area"])
                        ),
                        name="party_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("iso_code", ""), _negated=True),
                        fields=("iso_code",),
                        name="party_iso_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iso_code", ""), ("kind", "state"), _connector="OR"),
                        name="party_iso_code_of_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "name",
                    commitments.models.fields.Line(
                        help_text="As the English press writes it: “Sanae Takaichi”.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "native_name",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="In the leader's own script: 高市早苗.",
                        max_length=200,
                        verbose_name="native name",
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^Q[1-9][0-9]*\\Z",
                                "A Wikidata id is a Q and a number, such as Q17.",
                            )
                        ],
                        verbose_name="Wikidata id",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="leader_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="leader_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="leader_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="leader_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__lte", 200)), name="leader_name_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("native_name__length__lte", 200)),
                        name="leader_native_name_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wikidata_id__length__lte", 20)),
                        name="leader_wikidata_id_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="leader_name_filled"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SummitSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("name", commitments.models.fields.Line(max_length=200, verbose_name="name")),
                (
                    "name_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="name in Japanese"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "summit series",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="series_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="series_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="series_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="series_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__lte", 200)), name="series_name_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ja__length__lte", 200)),
                        name="series_name_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="series_name_filled"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("name", commitments.models.fields.Line(max_length=100, verbose_name="name")),
                (
                    "name_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=100, verbose_name="name in Japanese"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="commitments.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="topic_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="topic_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="topic_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="topic_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__lte", 100)), name="topic_name_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ja__length__lte", 100)),
                        name="topic_name_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="topic_name_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="topic_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("name", commitments.models.fields.Line(max_length=200, verbose_name="name")),
                (
                    "name_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="name in Japanese"
                    ),
                ),
                (
                    "unit",
                    commitments.models.fields.Line(
                        help_text="“% of FY2022 GDP”, “USD bn”.", max_length=60, verbose_name="unit"
                    ),
                ),
                (
                    "definition",
                    commitments.models.fields.Prose(
                        help_text="What is counted, what is not, over which denominator.",
                        verbose_name="definition",
                    ),
                ),
                (
                    "publisher",
                    commitments.models.fields.Line(max_length=200, verbose_name="publisher"),
                ),
                (
                    "url",
                    commitments.models.urls.WebAddress(
                        blank=True, max_length=1000, verbose_name="address"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("annual", "Annual"),
                            ("fiscal_year", "Each fiscal year"),
                            ("quarterly", "Quarterly"),
                            ("monthly", "Monthly"),
                            ("irregular", "Irregular"),
                        ],
                        max_length=15,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "fiscal_year_starts",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="fiscal year starts in month",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("announced", "Announced"),
                            ("committed", "Committed"),
                            ("allocated", "Allocated"),
                            ("disbursed", "Disbursed"),
                        ],
                        max_length=12,
                        verbose_name="stage of the money",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        help_text="ISO 4217: JPY, USD.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "price_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="prices of"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="indicator_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True),
                        name="indicator_slug_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="indicator_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="indicator_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__lte", 200)), name="indicator_name_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ja__length__lte", 200)),
                        name="indicator_name_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__lte", 60)), name="indicator_unit_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publisher__length__lte", 200)),
                        name="indicator_publisher_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__length__lte", 1000)), name="indicator_url_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__length__lte", 3)),
                        name="indicator_currency_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="indicator_name_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit", ""), _negated=True),
                        name="indicator_unit_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("definition", ""), _negated=True),
                        name="indicator_definition_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publisher", ""), _negated=True),
                        name="indicator_publisher_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "frequency__in",
                                ["annual", "fiscal_year", "quarterly", "monthly", "irregular"],
                            )
                        ),
                        name="indicator_frequency_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["announced", "committed", "allocated", "disbursed", ""])
                        ),
                        name="indicator_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fiscal_year_starts__isnull", True),
                            ("fiscal_year_starts__range", (1, 12)),
                            _connector="OR",
                        ),
                        name="indicator_fiscal_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerPayload",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="commitments.ledgerentry",
                    ),
                ),
                ("salt", models.CharField(max_length=64)),
                ("body", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bloc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="commitments.party",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member_of",
                        to="commitments.party",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="member from")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day. Empty: still.",
                        null=True,
                        verbose_name="member until",
                    ),
                ),
            ],
            options={
                "ordering": ["bloc", "starts_on", "member"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bloc", models.F("member")), _negated=True),
                        name="membership_not_of_itself",
                    ),
                    models.UniqueConstraint(
                        fields=("bloc", "member", "starts_on"), name="membership_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("starts_on__isnull", True)),
                        fields=("bloc", "member"),
                        name="membership_without_start_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        default=commitments.models.fields.random_suffix,
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            )
                        ],
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tenures",
                        to="commitments.leader",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenures",
                        to="commitments.party",
                    ),
                ),
                (
                    "office",
                    commitments.models.fields.Line(
                        help_text="“Prime Minister of Japan”.",
                        max_length=200,
                        verbose_name="office",
                    ),
                ),
                (
                    "office_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="office in Japanese"
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="in office from"),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: still in office.",
                        null=True,
                        verbose_name="in office until",
                    ),
                ),
            ],
            options={
                "ordering": ["leader", "starts_on"],
                "indexes": [
                    models.Index(fields=["party", "office", "starts_on"], name="tenure_by_office")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="tenure_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("office__length__lte", 200)),
                        name="tenure_office_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("office_ja__length__lte", 200)),
                        name="tenure_office_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="tenure_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("office", ""), _negated=True),
                        name="tenure_office_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="tenure_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Summit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summits",
                        to="commitments.summitseries",
                    ),
                ),
                (
                    "name",
                    commitments.models.fields.Line(
                        help_text="With the place: “Japan-US summit, Tokyo”.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "name_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="name in Japanese"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bilateral", "Bilateral"),
                            ("minilateral", "Minilateral"),
                            ("multilateral", "Multilateral"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "city",
                    commitments.models.fields.Line(blank=True, max_length=100, verbose_name="city"),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="The state where it was held; empty for a meeting by video.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_summits",
                        to="commitments.party",
                    ),
                ),
                (
                    "venue",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="venue"
                    ),
                ),
                (
                    "summary",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Two or three sentences for a reader who was not there.",
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_ja",
                    commitments.models.fields.Prose(blank=True, verbose_name="summary in Japanese"),
                ),
            ],
            options={
                "ordering": ["-starts_on", "slug"],
                "indexes": [
                    models.Index(fields=["-starts_on", "slug"], name="summit_newest_first")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="summit_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="summit_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="summit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="summit_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__lte", 200)), name="summit_name_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ja__length__lte", 200)),
                        name="summit_name_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("city__length__lte", 100)), name="summit_city_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("venue__length__lte", 200)), name="summit_venue_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="summit_name_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["bilateral", "minilateral", "multilateral"])
                        ),
                        name="summit_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="summit_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="commitments.indicator",
                    ),
                ),
                ("released_on", models.DateField(verbose_name="released on")),
                ("title", commitments.models.fields.Line(max_length=300, verbose_name="title")),
                (
                    "url",
                    commitments.models.urls.WebAddress(
                        blank=True, max_length=1000, verbose_name="address"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the file"),
                ),
                (
                    "note",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="How the figures were read, and what is not in them. Public.",
                        verbose_name="note",
                    ),
                ),
            ],
            options={
                "ordering": ["indicator", "-released_on"],
                "indexes": [
                    models.Index(fields=["indicator", "released_on"], name="release_by_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="release_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="release_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="release_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="release_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__lte", 300)), name="release_title_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__length__lte", 1000)), name="release_url_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="release_title_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256", ""), ("sha256__length", 64), _connector="OR"),
                        name="release_sha256_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "summit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="commitments.summit",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="commitments.party",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="commitments.leader",
                    ),
                ),
                (
                    "tenure",
                    models.ForeignKey(
                        blank=True,
                        help_text="The office the leader held that day.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="commitments.tenure",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("host", "Host"),
                            ("participant", "Participant"),
                            ("guest", "Guest"),
                        ],
                        default="participant",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "ordering": ["summit", "role", "party"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["host", "participant", "guest"])),
                        name="participation_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tenure__isnull", True), ("leader__isnull", False), _connector="OR"
                        ),
                        name="participation_tenure_has_leader",
                    ),
                    models.UniqueConstraint(
                        fields=("summit", "party", "leader"), name="participation_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("leader__isnull", True)),
                        fields=("summit", "party"),
                        name="participation_without_leader_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joint_statement", "Joint statement"),
                            ("communique", "Communiqué"),
                            ("agreement", "Agreement or memorandum"),
                            ("fact_sheet", "Fact sheet"),
                            ("readout", "Readout"),
                            ("law", "Law or order"),
                            ("budget", "Budget"),
                            ("strategy", "Strategy or plan"),
                            ("statistics", "Statistics"),
                            ("speech", "Speech or interview"),
                            ("news", "News report"),
                            ("analysis", "Analysis"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    commitments.models.fields.Line(
                        help_text="As published, in its own language.",
                        max_length=400,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=400, verbose_name="title in Japanese"
                    ),
                ),
                (
                    "publisher",
                    commitments.models.fields.Line(
                        help_text="Who is responsible for it: “The White House”.",
                        max_length=200,
                        verbose_name="publisher",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="The day, or the last day it may mean (31 March for “March”). Empty: undated.",
                        null=True,
                        verbose_name="published on",
                    ),
                ),
                (
                    "published_on_precision",
                    models.CharField(
                        choices=[
                            ("day", "the day"),
                            ("week", "the week"),
                            ("month", "the month"),
                            ("quarter", "the quarter"),
                            ("year", "the year"),
                            ("fiscal_year", "the fiscal year"),
                            ("period", "a period with a first day"),
                            ("none", "no date known"),
                            ("ongoing", "ongoing, without an end"),
                            ("recurring", "recurring"),
                        ],
                        default="day",
                        help_text="“The month” with 30 April prints as “April 2026”; nothing is overdue before its last day.",
                        max_length=12,
                        verbose_name="exact to",
                    ),
                ),
                (
                    "published_on_fiscal_start",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Only for a fiscal year: 4 for Japan, 10 for the United States.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="fiscal year starts in month",
                    ),
                ),
                (
                    "published_on_from",
                    models.DateField(blank=True, null=True, verbose_name="first day of the period"),
                ),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="Its language: “en”, “ja”, “fr”.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\Z",
                                "Give the language by its code: “en”, “ja”, “fr”, “zh-Hans”.",
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                (
                    "url",
                    commitments.models.urls.WebAddress(
                        blank=True,
                        help_text="Where a reader finds it. Empty only if it is not online.",
                        max_length=1000,
                        verbose_name="address",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("primary_official", "Primary, official"),
                            ("statistics", "Statistics"),
                            ("independent", "Independent"),
                            ("press", "Press"),
                            ("party_claim", "The party’s own claim"),
                        ],
                        help_text="How near it is to the fact. “The party’s own claim” alone lowers a verdict's confidence.",
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The party that speaks in it, if one does: needed to know whose own claim it is.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_sources",
                        to="commitments.party",
                    ),
                ),
                (
                    "issued_at",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="commitments.summit",
                        verbose_name="issued at",
                    ),
                ),
                (
                    "note",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="What a reader should know of it: a copy, a translation, only the first part seen. Public.",
                        verbose_name="note",
                    ),
                ),
                (
                    "may_show_copy",
                    models.BooleanField(
                        default=False,
                        help_text="Only where its licence allows it.",
                        verbose_name="may show our copy",
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("published_on"), descending=True, nulls_last=True),
                    "slug",
                ],
                "indexes": [models.Index(fields=["published_on", "slug"], name="source_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="source_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="source_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="source_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="source_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__lte", 400)), name="source_title_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title_ja__length__lte", 400)),
                        name="source_title_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publisher__length__lte", 200)),
                        name="source_publisher_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__length__lte", 10)),
                        name="source_language_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__length__lte", 1000)), name="source_url_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="source_title_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publisher", ""), _negated=True),
                        name="source_publisher_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language", ""), _negated=True),
                        name="source_language_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "joint_statement",
                                    "communique",
                                    "agreement",
                                    "fact_sheet",
                                    "readout",
                                    "law",
                                    "budget",
                                    "strategy",
                                    "statistics",
                                    "speech",
                                    "news",
                                    "analysis",
                                    "other",
                                ],
                            )
                        ),
                        name="source_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tier__in",
                                [
                                    "primary_official",
                                    "statistics",
                                    "independent",
                                    "press",
                                    "party_claim",
                                ],
                            )
                        ),
                        name="source_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "published_on_precision__in",
                                [
                                    "day",
                                    "week",
                                    "month",
                                    "quarter",
                                    "year",
                                    "fiscal_year",
                                    "period",
                                    "none",
                                    "ongoing",
                                    "recurring",
                                ],
                            )
                        ),
                        name="source_published_on_precision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_on__isnull", True),
                                ("published_on_precision__in", ["none"]),
                            ),
                            models.Q(
                                ("published_on__isnull", False),
                                models.Q(("published_on_precision__in", ["none"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="source_published_on_day_fits_precision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_on_fiscal_start__isnull", False),
                                ("published_on_fiscal_start__range", (1, 12)),
                                ("published_on_precision", "fiscal_year"),
                            ),
                            models.Q(
                                ("published_on_fiscal_start__isnull", True),
                                models.Q(("published_on_precision", "fiscal_year"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="source_published_on_fiscal_start_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_on__gte", models.F("published_on_from")),
                                ("published_on_from__isnull", False),
                                ("published_on_precision", "period"),
                            ),
                            models.Q(
                                ("published_on_from__isnull", True),
                                models.Q(("published_on_precision", "period"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="source_published_on_first_day_fits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="commitments.release",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="commitments.party",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="period from")),
                ("period_end", models.DateField(verbose_name="period to")),
                (
                    "value",
                    models.DecimalField(decimal_places=6, max_digits=15, verbose_name="value"),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        help_text="As published: 2 for “1.60”.",
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="decimals",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actual", "Actual"),
                            ("estimate", "Estimate"),
                            ("budget", "Budget"),
                            ("projection", "Projection"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "note",
                    commitments.models.fields.Line(blank=True, max_length=200, verbose_name="note"),
                ),
            ],
            options={
                "ordering": ["release", "party", "period_start", "kind"],
                "indexes": [
                    models.Index(fields=["party", "period_end"], name="observation_by_period")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("value__gt", -1000000000), ("value__lt", 1000000000)),
                            _connector="OR",
                        ),
                        name="observation_value_exact",
                        violation_error_message="More than 9 digits. Use a larger unit, such as billions.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["actual", "estimate", "budget", "projection"])
                        ),
                        name="observation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note__length__lte", 200)),
                        name="observation_note_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start__isnull", True),
                            ("period_end__isnull", True),
                            ("period_end__gte", models.F("period_start")),
                            _connector="OR",
                        ),
                        name="observation_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 6)), name="observation_decimals_kept"
                    ),
                    models.UniqueConstraint(
                        fields=("release", "party", "period_start", "period_end", "kind"),
                        name="observation_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="commitments.source",
                    ),
                ),
                ("retrieved_at", models.DateTimeField(verbose_name="retrieved at")),
                (
                    "final_url",
                    commitments.models.urls.WebAddress(
                        blank=True, max_length=1000, verbose_name="address after redirects"
                    ),
                ),
                (
                    "http_status",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="HTTP status"
                    ),
                ),
                ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                ("byte_size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("file", models.FileField(blank=True, upload_to="snapshots/", verbose_name="file")),
                (
                    "archived_url",
                    commitments.models.urls.WebAddress(
                        blank=True, max_length=1000, verbose_name="copy at an archive"
                    ),
                ),
                (
                    "text",
                    commitments.models.fields.Prose(blank=True, verbose_name="text found in it"),
                ),
            ],
            options={
                "ordering": ["source", "-retrieved_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("media_type__length__lte", 100)),
                        name="snapshot_media_type_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("final_url__length__lte", 1000)),
                        name="snapshot_final_url_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("archived_url__length__lte", 1000)),
                        name="snapshot_archived_url_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("media_type", ""), _negated=True),
                        name="snapshot_media_type_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__length", 64)), name="snapshot_sha256_whole"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "title",
                    commitments.models.fields.Line(
                        help_text="In plain words, without the verdict: “Security-related spending at 2 %…”.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="title in Japanese"
                    ),
                ),
                (
                    "summit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where it was made. Empty if it was made elsewhere: then say where under “occasion”.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="commitments.summit",
                    ),
                ),
                (
                    "occasion",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="If not at a summit: “Policy speech in the Diet”.",
                        max_length=200,
                        verbose_name="occasion",
                    ),
                ),
                (
                    "occasion_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="occasion in Japanese"
                    ),
                ),
                (
                    "quote",
                    commitments.models.fields.Prose(
                        help_text="Word for word from the source, as short as it can be.",
                        verbose_name="quote",
                    ),
                ),
                (
                    "quote_is_verbatim",
                    models.BooleanField(
                        default=True,
                        help_text="Untick for a paraphrase: the page then says so and shows no quotation marks.",
                        verbose_name="quote is word for word",
                    ),
                ),
                (
                    "quote_language",
                    models.CharField(
                        default="en",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\Z",
                                "Give the language by its code: “en”, “ja”, “fr”, “zh-Hans”.",
                            )
                        ],
                        verbose_name="language of the quote",
                    ),
                ),
                (
                    "translation",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Into English, if the quote is in another language.",
                        verbose_name="translation",
                    ),
                ),
                (
                    "translated_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "Official translation"),
                            ("ours", "Our translation"),
                            ("machine", "Machine translation"),
                        ],
                        help_text="Needed with a translation.",
                        max_length=10,
                        verbose_name="translated by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="commitments.source",
                    ),
                ),
                (
                    "locator",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="Where in the source the words stand.",
                        max_length=200,
                        verbose_name="locator",
                    ),
                ),
                ("made_on", models.DateField(verbose_name="made on")),
                (
                    "stated_by",
                    models.ForeignKey(
                        help_text="Whose words these are.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated_pledges",
                        to="commitments.party",
                    ),
                ),
                (
                    "stated_by_leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated_pledges",
                        to="commitments.leader",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("own_statement", "Own statement"),
                            ("joint_text", "Joint text"),
                            ("claimed_by_other", "Claimed by the other side"),
                            ("press_inference", "Press inference"),
                        ],
                        help_text="Who says that it was promised.",
                        max_length=20,
                        verbose_name="attribution",
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("commits", "Commits"),
                            ("agrees", "Agrees"),
                            ("intends", "Intends"),
                            ("aims", "Aims"),
                            ("encourages", "Encourages"),
                            ("reaffirms", "Reaffirms"),
                        ],
                        help_text="The force of the verb used, not of the wish.",
                        max_length=12,
                        verbose_name="modality",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spending", "Spending"),
                            ("legislative", "Legislative"),
                            ("diplomatic", "Diplomatic"),
                            ("institutional", "Institutional"),
                            ("security", "Security"),
                            ("trade", "Trade"),
                            ("symbolic", "Symbolic"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "deadline",
                    models.DateField(
                        blank=True,
                        help_text="The last day that would still be in time.",
                        null=True,
                        verbose_name="deadline",
                    ),
                ),
                (
                    "deadline_precision",
                    models.CharField(
                        choices=[
                            ("day", "the day"),
                            ("week", "the week"),
                            ("month", "the month"),
                            ("quarter", "the quarter"),
                            ("year", "the year"),
                            ("fiscal_year", "the fiscal year"),
                            ("period", "a period with a first day"),
                            ("none", "no date known"),
                            ("ongoing", "ongoing, without an end"),
                            ("recurring", "recurring"),
                        ],
                        default="none",
                        help_text="“The month” with 30 April prints as “April 2026”; nothing is overdue before its last day.",
                        max_length=12,
                        verbose_name="deadline exact to",
                    ),
                ),
                (
                    "deadline_fiscal_start",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Only for a fiscal year: 4 for Japan, 10 for the United States.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="fiscal year starts in month",
                    ),
                ),
                (
                    "deadline_from",
                    models.DateField(blank=True, null=True, verbose_name="first day of the period"),
                ),
                (
                    "explanation",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="What it means, in plain words. No verdict here.",
                        verbose_name="explanation",
                    ),
                ),
                (
                    "explanation_ja",
                    commitments.models.fields.Prose(
                        blank=True, verbose_name="explanation in Japanese"
                    ),
                ),
                (
                    "verifiability",
                    models.CharField(
                        choices=[
                            ("checkable", "Checkable from public material"),
                            ("partly", "Checkable in part"),
                            ("not_checkable", "Not checkable from outside"),
                        ],
                        default="checkable",
                        max_length=15,
                        verbose_name="verifiability",
                    ),
                ),
                (
                    "verifiability_reason",
                    commitments.models.fields.Prose(
                        blank=True, help_text="Needed unless it is checkable.", verbose_name="why"
                    ),
                ),
                (
                    "borne_by",
                    models.CharField(
                        choices=[
                            ("each", "Each party by itself"),
                            ("collectively", "The parties together"),
                        ],
                        default="each",
                        max_length=15,
                        verbose_name="borne by",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="pledges", to="commitments.topic"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "slug"],
                "indexes": [
                    models.Index(fields=["-made_on", "slug"], name="pledge_newest_first"),
                    models.Index(fields=["deadline"], name="pledge_by_deadline"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="pledge_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="pledge_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="pledge_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="pledge_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__lte", 200)), name="pledge_title_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title_ja__length__lte", 200)),
                        name="pledge_title_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occasion__length__lte", 200)),
                        name="pledge_occasion_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occasion_ja__length__lte", 200)),
                        name="pledge_occasion_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote_language__length__lte", 10)),
                        name="pledge_quote_language_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locator__length__lte", 200)),
                        name="pledge_locator_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="pledge_title_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote", ""), _negated=True), name="pledge_quote_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote_language", ""), _negated=True),
                        name="pledge_quote_language_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "attribution__in",
                                [
                                    "own_statement",
                                    "joint_text",
                                    "claimed_by_other",
                                    "press_inference",
                                ],
                            )
                        ),
                        name="pledge_attribution_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "modality__in",
                                ["commits", "agrees", "intends", "aims", "encourages", "reaffirms"],
                            )
                        ),
                        name="pledge_modality_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "spending",
                                    "legislative",
                                    "diplomatic",
                                    "institutional",
                                    "security",
                                    "trade",
                                    "symbolic",
                                ],
                            )
                        ),
                        name="pledge_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("translated_by__in", ["official", "ours", "machine", ""])
                        ),
                        name="pledge_translated_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verifiability__in", ["checkable", "partly", "not_checkable"])
                        ),
                        name="pledge_verifiability_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("borne_by__in", ["each", "collectively"])),
                        name="pledge_borne_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "deadline_precision__in",
                                [
                                    "day",
                                    "week",
                                    "month",
                                    "quarter",
                                    "year",
                                    "fiscal_year",
                                    "period",
                                    "none",
                                    "ongoing",
                                    "recurring",
                                ],
                            )
                        ),
                        name="pledge_deadline_precision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deadline__isnull", True),
                                ("deadline_precision__in", ["none", "ongoing", "recurring"]),
                            ),
                            models.Q(
                                ("deadline__isnull", False),
                                models.Q(
                                    ("deadline_precision__in", ["none", "ongoing", "recurring"]),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="pledge_deadline_day_fits_precision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deadline_fiscal_start__isnull", False),
                                ("deadline_fiscal_start__range", (1, 12)),
                                ("deadline_precision", "fiscal_year"),
                            ),
                            models.Q(
                                ("deadline_fiscal_start__isnull", True),
                                models.Q(("deadline_precision", "fiscal_year"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pledge_deadline_fiscal_start_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deadline__gte", models.F("deadline_from")),
                                ("deadline_from__isnull", False),
                                ("deadline_precision", "period"),
                            ),
                            models.Q(
                                ("deadline_from__isnull", True),
                                models.Q(("deadline_precision", "period"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pledge_deadline_first_day_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occasion", ""), ("summit__isnull", False)),
                            models.Q(
                                ("summit__isnull", True), models.Q(("occasion", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="pledge_summit_or_occasion",
                        violation_error_message="Name the summit or, if there was none, the occasion; not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deadline__isnull", True),
                            ("deadline__gte", models.F("made_on")),
                            _connector="OR",
                        ),
                        name="pledge_deadline_not_before_made",
                        violation_error_message="The deadline is before the day the pledge was made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("translated_by", ""), ("translation", "")),
                            models.Q(
                                models.Q(("translation", ""), _negated=True),
                                models.Q(("translated_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pledge_translation_names_translator",
                        violation_error_message="A translation needs to say by whom, and only a translation does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verifiability", "checkable"),
                            models.Q(("verifiability_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pledge_not_checkable_says_why",
                        violation_error_message="Say why it cannot, or only in part, be checked.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_reports",
                        to="commitments.party",
                    ),
                ),
                ("title", commitments.models.fields.Line(max_length=300, verbose_name="title")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_reports",
                        to="commitments.source",
                    ),
                ),
                (
                    "scale",
                    commitments.models.fields.Line(
                        help_text="As they use it: “−1, 0, +1”.",
                        max_length=200,
                        verbose_name="scale",
                    ),
                ),
                (
                    "licence",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="licence"
                    ),
                ),
                ("published_on", models.DateField(verbose_name="published on")),
            ],
            options={
                "ordering": ["-published_on", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)),
                        name="outside_report_slug_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True),
                        name="outside_report_slug_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="outside_report_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="outside_report_version_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__lte", 300)),
                        name="outside_report_title_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scale__length__lte", 200)),
                        name="outside_report_scale_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__length__lte", 200)),
                        name="outside_report_licence_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="outside_report_title_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scale", ""), _negated=True),
                        name="outside_report_scale_filled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="commitments.source",
                    ),
                ),
                (
                    "quote",
                    commitments.models.fields.Prose(
                        help_text="Word for word, as short as it can be.", verbose_name="quote"
                    ),
                ),
                (
                    "locator",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="Where in the source: “Section I, paragraph 2(b)”.",
                        max_length=200,
                        verbose_name="locator",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        help_text="The pledge that tracks it. The public sees the link once the pledge is published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="commitments.pledge",
                    ),
                ),
                (
                    "not_tracked_reason",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="“No future action”, “praise”, “repeats paragraph 4”…",
                        verbose_name="why it is not tracked",
                    ),
                ),
            ],
            options={
                "ordering": ["source", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("locator__length__lte", 200)),
                        name="statement_locator_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote", ""), _negated=True),
                        name="statement_quote_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pledge__isnull", True), ("not_tracked_reason", ""), _connector="OR"
                        ),
                        name="statement_tracked_or_not",
                    ),
                    models.UniqueConstraint(fields=("source", "quote"), name="statement_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criteria",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="commitments.pledge",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "fixed_on",
                    models.DateField(
                        help_text="The day these were written down.", verbose_name="fixed on"
                    ),
                ),
                ("met", commitments.models.fields.Prose(verbose_name="met if")),
                (
                    "met_ja",
                    commitments.models.fields.Prose(blank=True, verbose_name="met if, in Japanese"),
                ),
                (
                    "partly_met",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Empty: there is no “partly met”.",
                        verbose_name="partly met if",
                    ),
                ),
                (
                    "partly_met_ja",
                    commitments.models.fields.Prose(
                        blank=True, verbose_name="partly met if, in Japanese"
                    ),
                ),
                ("not_met", commitments.models.fields.Prose(verbose_name="not met if")),
                (
                    "not_met_ja",
                    commitments.models.fields.Prose(
                        blank=True, verbose_name="not met if, in Japanese"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["pledge", "-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("met", ""), _negated=True), name="criteria_met_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("not_met", ""), _negated=True),
                        name="criteria_not_met_filled",
                    ),
                    models.UniqueConstraint(
                        fields=("pledge", "number"), name="criteria_number_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        editable=False,
                        help_text="Made of the pledge's and the party's: <pledge>--<party>.",
                        max_length=330,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undertakings",
                        to="commitments.pledge",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undertakings",
                        to="commitments.party",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who bound the party, if one person did.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undertakings",
                        to="commitments.leader",
                    ),
                ),
                (
                    "binds_from",
                    models.DateField(
                        blank=True,
                        help_text="If later than the pledge: a party that joined afterwards.",
                        null=True,
                        verbose_name="binds from",
                    ),
                ),
                (
                    "reservation",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="What this party excepted, in its own words.",
                        verbose_name="reservation",
                    ),
                ),
                (
                    "exempt_reason",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Filled: exempt. It is never assessed and is counted apart.",
                        verbose_name="why it is exempt",
                    ),
                ),
                (
                    "missing",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Shown while it is not assessed: which proof we would need and do not have.",
                        verbose_name="what is missing for a verdict",
                    ),
                ),
                (
                    "missing_ja",
                    commitments.models.fields.Prose(
                        blank=True, verbose_name="what is missing, in Japanese"
                    ),
                ),
                ("shown_status", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "shown_by",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="“ours”, or the slug of the assessing party.",
                        max_length=160,
                    ),
                ),
                ("checked_on", models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["pledge", "party"],
                "indexes": [
                    models.Index(fields=["party", "shown_status"], name="undertaking_by_verdict")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 330)),
                        name="undertaking_slug_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_by__length__lte", 160)),
                        name="undertaking_shown_by_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True),
                        name="undertaking_slug_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "shown_status__in",
                                [
                                    "not_started",
                                    "in_progress",
                                    "on_track",
                                    "off_track",
                                    "stalled",
                                    "reversed",
                                    "met",
                                    "partly_met",
                                    "not_met",
                                    "superseded",
                                    "withdrawn",
                                    "unverifiable",
                                    "not_applicable",
                                    "",
                                ],
                            )
                        ),
                        name="undertaking_shown_status_known",
                    ),
                    models.UniqueConstraint(fields=("pledge", "party"), name="undertaking_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shown_by", ""), ("shown_status", "")),
                            models.Q(
                                models.Q(("shown_status", ""), _negated=True),
                                models.Q(("shown_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="undertaking_verdict_names_its_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PledgeLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="commitments.pledge",
                    ),
                ),
                (
                    "to_pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="commitments.pledge",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reaffirms", "Reaffirms"),
                            ("quantifies", "Quantifies"),
                            ("strengthens", "Strengthens"),
                            ("weakens", "Weakens"),
                            ("extends_deadline", "Extends the deadline of"),
                            ("implements", "Implements"),
                            ("supersedes", "Supersedes"),
                            ("withdraws", "Withdraws"),
                            ("part_of", "Is part of"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "ordering": ["from_pledge", "to_pledge", "kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "reaffirms",
                                    "quantifies",
                                    "strengthens",
                                    "weakens",
                                    "extends_deadline",
                                    "implements",
                                    "supersedes",
                                    "withdraws",
                                    "part_of",
                                ],
                            )
                        ),
                        name="link_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_pledge", models.F("to_pledge")), _negated=True),
                        name="link_not_to_itself",
                    ),
                    models.UniqueConstraint(
                        fields=("from_pledge", "to_pledge", "kind"), name="link_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="commitments.pledge",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="commitments.source",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("contradicts", "Contradicts"),
                            ("context", "Context"),
                        ],
                        help_text="Does it speak for the pledge being kept, against it, or only explain?",
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                (
                    "finding",
                    commitments.models.fields.Line(
                        help_text="What it shows, in one sentence.",
                        max_length=400,
                        verbose_name="finding",
                    ),
                ),
                (
                    "finding_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=400, verbose_name="finding in Japanese"
                    ),
                ),
                (
                    "excerpt",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Word for word, as short as it can be.",
                        verbose_name="excerpt",
                    ),
                ),
                (
                    "excerpt_language",
                    models.CharField(
                        blank=True,
                        help_text="Needed with an excerpt: “en”, “ja”.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\Z",
                                "Give the language by its code: “en”, “ja”, “fr”, “zh-Hans”.",
                            )
                        ],
                        verbose_name="language of the excerpt",
                    ),
                ),
                (
                    "translation",
                    commitments.models.fields.Prose(blank=True, verbose_name="translation"),
                ),
                (
                    "translated_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "Official translation"),
                            ("ours", "Our translation"),
                            ("machine", "Machine translation"),
                        ],
                        max_length=10,
                        verbose_name="translated by",
                    ),
                ),
                (
                    "locator",
                    commitments.models.fields.Line(
                        blank=True, max_length=200, verbose_name="locator"
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        blank=True,
                        help_text="When what it reports happened; not when it was printed.",
                        null=True,
                        verbose_name="happened on",
                    ),
                ),
                (
                    "happened_on_precision",
                    models.CharField(
                        choices=[
                            ("day", "the day"),
                            ("week", "the week"),
                            ("month", "the month"),
                            ("quarter", "the quarter"),
                            ("year", "the year"),
                            ("fiscal_year", "the fiscal year"),
                            ("period", "a period with a first day"),
                            ("none", "no date known"),
                            ("ongoing", "ongoing, without an end"),
                            ("recurring", "recurring"),
                        ],
                        default="day",
                        help_text="“The month” with 30 April prints as “April 2026”; nothing is overdue before its last day.",
                        max_length=12,
                        verbose_name="exact to",
                    ),
                ),
                (
                    "happened_on_fiscal_start",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Only for a fiscal year: 4 for Japan, 10 for the United States.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="fiscal year starts in month",
                    ),
                ),
                (
                    "happened_on_from",
                    models.DateField(blank=True, null=True, verbose_name="first day of the period"),
                ),
                (
                    "undertakings",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Which parties it bears on; none chosen: all.",
                        related_name="evidence",
                        to="commitments.undertaking",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": [
                    models.OrderBy(models.F("happened_on"), descending=True, nulls_last=True),
                    "slug",
                ],
                "indexes": [
                    models.Index(fields=["pledge", "happened_on"], name="evidence_by_pledge")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="evidence_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="evidence_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="evidence_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="evidence_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding__length__lte", 400)),
                        name="evidence_finding_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding_ja__length__lte", 400)),
                        name="evidence_finding_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("excerpt_language__length__lte", 10)),
                        name="evidence_excerpt_language_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locator__length__lte", 200)),
                        name="evidence_locator_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding", ""), _negated=True),
                        name="evidence_finding_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "contradicts", "context"])),
                        name="evidence_stance_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("translated_by__in", ["official", "ours", "machine", ""])
                        ),
                        name="evidence_translated_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "happened_on_precision__in",
                                [
                                    "day",
                                    "week",
                                    "month",
                                    "quarter",
                                    "year",
                                    "fiscal_year",
                                    "period",
                                    "none",
                                    "ongoing",
                                    "recurring",
                                ],
                            )
                        ),
                        name="evidence_happened_on_precision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("happened_on__isnull", True),
                                ("happened_on_precision__in", ["none"]),
                            ),
                            models.Q(
                                ("happened_on__isnull", False),
                                models.Q(("happened_on_precision__in", ["none"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_happened_on_day_fits_precision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("happened_on_fiscal_start__isnull", False),
                                ("happened_on_fiscal_start__range", (1, 12)),
                                ("happened_on_precision", "fiscal_year"),
                            ),
                            models.Q(
                                ("happened_on_fiscal_start__isnull", True),
                                models.Q(("happened_on_precision", "fiscal_year"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_happened_on_fiscal_start_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("happened_on__gte", models.F("happened_on_from")),
                                ("happened_on_from__isnull", False),
                                ("happened_on_precision", "period"),
                            ),
                            models.Q(
                                ("happened_on_from__isnull", True),
                                models.Q(("happened_on_precision", "period"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_happened_on_first_day_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("translated_by", ""), ("translation", "")),
                            models.Q(
                                models.Q(("translation", ""), _negated=True),
                                models.Q(("translated_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_translation_names_translator",
                        violation_error_message="A translation needs to say by whom, and only a translation does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("excerpt", ""), ("excerpt_language", "")),
                            models.Q(
                                models.Q(("excerpt", ""), _negated=True),
                                models.Q(("excerpt_language", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_excerpt_names_language",
                        violation_error_message="An excerpt needs its language, such as “en”, and only an excerpt has one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="commitments.outsidereport",
                    ),
                ),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_verdicts",
                        to="commitments.undertaking",
                    ),
                ),
                (
                    "score",
                    commitments.models.fields.Line(
                        max_length=60, verbose_name="score as published"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("on_track", "On track"),
                            ("off_track", "Off track"),
                            ("stalled", "Stalled"),
                            ("reversed", "Reversed"),
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                            ("unverifiable", "Unverifiable"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="status by the crosswalk",
                    ),
                ),
                ("note", commitments.models.fields.Prose(blank=True, verbose_name="note")),
            ],
            options={
                "ordering": ["report", "undertaking"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__length__lte", 60)),
                        name="outside_verdict_score_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score", ""), _negated=True),
                        name="outside_verdict_score_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_started",
                                    "in_progress",
                                    "on_track",
                                    "off_track",
                                    "stalled",
                                    "reversed",
                                    "met",
                                    "partly_met",
                                    "not_met",
                                    "superseded",
                                    "withdrawn",
                                    "unverifiable",
                                    "not_applicable",
                                    "",
                                ],
                            )
                        ),
                        name="outside_verdict_status_known",
                    ),
                    models.UniqueConstraint(
                        fields=("report", "undertaking"), name="outside_verdict_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="commitments.undertaking",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                (
                    "text",
                    commitments.models.fields.Prose(
                        help_text="The party's words, unchanged.", verbose_name="text"
                    ),
                ),
                (
                    "url",
                    commitments.models.urls.WebAddress(
                        blank=True, max_length=1000, verbose_name="address"
                    ),
                ),
                ("answer", commitments.models.fields.Prose(blank=True, verbose_name="our answer")),
            ],
            options={
                "ordering": ["-received_on", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)), name="response_slug_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="response_slug_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="response_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="response_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__length__lte", 1000)), name="response_url_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="response_text_filled"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="commitments.pledge",
                    ),
                ),
                (
                    "undertaking",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for a party's own target; empty: the same for all.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="commitments.undertaking",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("alternative", "Alternative definition"),
                            ("interim", "Interim"),
                        ],
                        default="primary",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "label",
                    commitments.models.fields.Line(
                        help_text="What this definition is: “Share of FY2022 GDP, all budgets”.",
                        max_length=200,
                        verbose_name="label",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reach", "Reach by the deadline"),
                            ("stand", "Stand at the deadline"),
                            ("hold", "Hold in every period"),
                            ("change", "Change against a baseline"),
                            ("total", "Total over a window"),
                            ("milestone", "A dated event"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="commitments.indicator",
                    ),
                ),
                (
                    "measured_for",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose figures are read; empty: the undertaking party's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commitments.party",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        choices=[
                            ("at_least", "At least"),
                            ("at_most", "At most"),
                            ("equal", "Equal"),
                            ("below_baseline", "Below the baseline"),
                        ],
                        default="at_least",
                        max_length=15,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=15, null=True, verbose_name="value"
                    ),
                ),
                (
                    "baseline_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=15,
                        null=True,
                        verbose_name="baseline value",
                    ),
                ),
                (
                    "baseline_period",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="“2020”, “FY2022”.",
                        max_length=20,
                        verbose_name="baseline period",
                    ),
                ),
                (
                    "window_start",
                    models.DateField(blank=True, null=True, verbose_name="window from"),
                ),
                (
                    "due",
                    models.DateField(
                        blank=True,
                        help_text="The last day that counts.",
                        null=True,
                        verbose_name="due",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Rounded half away from zero before it is compared; empty: as published.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="compared to decimals",
                    ),
                ),
                (
                    "partly_met_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Share of the way, 0 to 1; empty: there is no “partly met”.",
                        max_digits=4,
                        null=True,
                        verbose_name="partly met from share",
                    ),
                ),
                (
                    "accepts",
                    models.JSONField(
                        default=commitments.models.targets.actual_only,
                        help_text="Kinds that may close it.",
                        validators=[commitments.models.targets.refuse_unknown_kinds],
                        verbose_name="accepts",
                    ),
                ),
            ],
            options={
                "ordering": ["pledge", "role", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("label__length__lte", 200)), name="target_label_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("baseline_period__length__lte", 20)),
                        name="target_baseline_period_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="target_label_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("value__gt", -1000000000), ("value__lt", 1000000000)),
                            _connector="OR",
                        ),
                        name="target_value_exact",
                        violation_error_message="More than 9 digits. Use a larger unit, such as billions.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("baseline_value__isnull", True),
                            models.Q(
                                ("baseline_value__gt", -1000000000),
                                ("baseline_value__lt", 1000000000),
                            ),
                            _connector="OR",
                        ),
                        name="target_baseline_value_exact",
                        violation_error_message="More than 9 digits. Use a larger unit, such as billions.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["primary", "alternative", "interim"])),
                        name="target_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["reach", "stand", "hold", "change", "total", "milestone"])
                        ),
                        name="target_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comparator__in", ["at_least", "at_most", "equal", "below_baseline"])
                        ),
                        name="target_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("window_start__isnull", True),
                            ("due__isnull", True),
                            ("due__gte", models.F("window_start")),
                            _connector="OR",
                        ),
                        name="target_due_after_window_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("indicator__isnull", True),
                                ("kind", "milestone"),
                                ("value__isnull", True),
                            ),
                            models.Q(
                                ("indicator__isnull", False),
                                ("kind__in", ["reach", "stand", "hold", "change", "total"]),
                                ("value__isnull", False),
                            ),
                            models.Q(
                                ("comparator", "below_baseline"),
                                ("indicator__isnull", False),
                                ("kind__in", ["reach", "stand", "hold", "change", "total"]),
                            ),
                            _connector="OR",
                        ),
                        name="target_number_has_indicator",
                        violation_error_message="A number needs an indicator and a value; a milestone has neither. A number without a usable indicator stays in the text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("comparator", "below_baseline"), _negated=True),
                            ("baseline_value__isnull", False),
                            models.Q(("baseline_period", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="target_baseline_named",
                        violation_error_message="“Below the baseline” needs a baseline value or period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partly_met_share__isnull", True),
                            models.Q(("partly_met_share__gt", 0), ("partly_met_share__lt", 1)),
                            _connector="OR",
                        ),
                        name="target_partly_share_inside",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decimals__isnull", True), ("decimals__lte", 6), _connector="OR"
                        ),
                        name="target_decimals_kept",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "primary"), ("undertaking__isnull", True)),
                        fields=("pledge",),
                        name="target_one_primary_for_pledge",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "primary"), ("undertaking__isnull", False)),
                        fields=("undertaking",),
                        name="target_one_primary_for_undertaking",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The record's public id and part of its address, for good. Lower case, hyphens.",
                        max_length=160,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\\Z",
                                "Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”.",
                            ),
                            commitments.models.roots.not_reserved,
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review_note",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Never public.",
                        verbose_name="note between curator and reviewer",
                    ),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="commitments.undertaking",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("on_track", "On track"),
                            ("off_track", "Off track"),
                            ("stalled", "Stalled"),
                            ("reversed", "Reversed"),
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                            ("unverifiable", "Unverifiable"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "rationale",
                    commitments.models.fields.Prose(
                        blank=True,
                        help_text="Why this verdict, so that a reader can disagree. Needed to close one.",
                        verbose_name="rationale",
                    ),
                ),
                (
                    "rationale_ja",
                    commitments.models.fields.Prose(
                        blank=True, verbose_name="rationale in Japanese"
                    ),
                ),
                (
                    "caveat",
                    commitments.models.fields.Line(
                        blank=True,
                        help_text="One sentence that must stand beside the verdict: “On budget basis; outturn pending.”",
                        max_length=300,
                        verbose_name="caveat",
                    ),
                ),
                (
                    "caveat_ja",
                    commitments.models.fields.Line(
                        blank=True, max_length=300, verbose_name="caveat in Japanese"
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        help_text="Judged from what was true and published by that day.",
                        verbose_name="as of",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("rule", "By rule"), ("judgement", "By judgement")],
                        default="judgement",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                (
                    "criteria",
                    models.ForeignKey(
                        blank=True,
                        help_text="The version of the criteria judged against.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="commitments.criteria",
                    ),
                ),
                ("methodology", models.CharField(default="1", editable=False, max_length=20)),
                ("rules_version", models.CharField(default="1", editable=False, max_length=20)),
                ("findings", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "assessor",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessor_credit",
                    commitments.models.fields.Line(blank=True, editable=False, max_length=120),
                ),
                (
                    "reviewer_credit",
                    commitments.models.fields.Line(blank=True, editable=False, max_length=120),
                ),
                ("signed_alone", models.BooleanField(default=False, editable=False)),
                (
                    "published_seq",
                    models.PositiveBigIntegerField(blank=True, editable=False, null=True),
                ),
                (
                    "evidence",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The evidence it rests on.",
                        related_name="assessments",
                        to="commitments.evidence",
                    ),
                ),
            ],
            options={
                "ordering": ["undertaking", "-as_of", "-published_seq"],
                "indexes": [
                    models.Index(
                        fields=["undertaking", "-as_of", "-published_seq"], name="assessment_newest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__length__lte", 160)),
                        name="assessment_slug_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True),
                        name="assessment_slug_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review", "published", "withdrawn"])
                        ),
                        name="assessment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="assessment_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caveat__length__lte", 300)),
                        name="assessment_caveat_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caveat_ja__length__lte", 300)),
                        name="assessment_caveat_ja_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("methodology__length__lte", 20)),
                        name="assessment_methodology_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rules_version__length__lte", 20)),
                        name="assessment_rules_version_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assessor_credit__length__lte", 120)),
                        name="assessment_assessor_credit_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewer_credit__length__lte", 120)),
                        name="assessment_reviewer_credit_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_started",
                                    "in_progress",
                                    "on_track",
                                    "off_track",
                                    "stalled",
                                    "reversed",
                                    "met",
                                    "partly_met",
                                    "not_met",
                                    "superseded",
                                    "withdrawn",
                                    "unverifiable",
                                    "not_applicable",
                                ],
                            )
                        ),
                        name="assessment_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "medium", "low"])),
                        name="assessment_confidence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["rule", "judgement"])),
                        name="assessment_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    [
                                        commitments.verdicts.statuses.Status["MET"],
                                        commitments.verdicts.statuses.Status["NOT_MET"],
                                        commitments.verdicts.statuses.Status["PARTLY_MET"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("rationale", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_closed_has_rationale",
                        violation_error_message="A closed status needs a rationale.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewer__isnull", True),
                            models.Q(("reviewer", models.F("assessor")), _negated=True),
                            ("signed_alone", True),
                            _connector="OR",
                        ),
                        name="assessment_two_pairs_of_eyes",
                        violation_error_message="The reviewer must be somebody else than the assessor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "withdrawn"]), _negated=True),
                            models.Q(
                                ("assessor__isnull", False),
                                ("published_seq__isnull", False),
                                ("reviewer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_published_is_signed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="undertaking",
            name="current_assessment",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="commitments.assessment",
            ),
        ),
        migrations.AddConstraint(
            model_name="undertaking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exempt_reason", ""), ("current_assessment__isnull", True), _connector="OR"
                ),
                name="undertaking_exempt_is_not_assessed",
                violation_error_message="It has a published assessment; withdraw that before exempting the party.",
            ),
        ),
    ]
